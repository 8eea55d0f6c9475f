with

kept_apart as (select * from {{ ref('int_excluded_revenue_months') }}),

months as (select * from {{ ref('int_months_closed') }}),

latest as (select max(month_end) as month_end from months)

select
    kept_apart.currency,
    kept_apart.reason,
    kept_apart.month_end,
    kept_apart.account_count,
    kept_apart.item_count,
    kept_apart.monthly_amount
from kept_apart
inner join latest using (month_end)
