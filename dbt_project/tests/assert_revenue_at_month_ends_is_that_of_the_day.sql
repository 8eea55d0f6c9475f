{{ config(meta={'dagster': {'ref': {'name': 'int_customer_months'}}}) }}

-- Two models value an account at the end of a month; they must say the same.
with

months as (select * from {{ ref('int_customer_months') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }})

select
    months.account_id,
    months.month_end,
    months.closing_mrr,
    subscription_days.mrr
from months
inner join subscription_days
    on
        months.account_id = subscription_days.account_id
        and months.month_end = subscription_days.activity_date
where months.closing_mrr is distinct from subscription_days.mrr
