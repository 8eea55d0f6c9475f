{{ config(meta={'dagster': {'ref': {'name': 'fct_mrr_months'}}}) }}

-- The last day of a month is the same revenue whether it is read as a day or as a month.
with

ledger as (select * from {{ ref('fct_mrr_months') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }})

select
    ledger.account_id,
    ledger.month_end,
    ledger.closing,
    subscription_days.mrr
from ledger
inner join subscription_days
    on
        ledger.account_id = subscription_days.account_id
        and ledger.month_end = subscription_days.activity_date
where ledger.closing is distinct from subscription_days.mrr
