with

orders as (select * from {{ ref('fct_rfm_months') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

latest as (select max(month_end) as month_end from orders)

select
    orders.account_id,
    accounts.account_name,
    accounts.csm_id,
    orders.month_end,
    orders.status,
    orders.recency_days,
    orders.order_count_365d,
    orders.mean_order_margin,
    orders.recency_quintile,
    orders.frequency_quintile,
    orders.monetary_quintile
from orders
inner join latest using (month_end)
inner join accounts using (account_id)
where not orders.is_internal
