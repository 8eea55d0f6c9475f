with

orders as (select * from {{ ref('fct_rfm_months') }}),

segments as (select * from {{ ref('int_account_segment_months') }}),

-- Who orders without a subscription is in the total and in no segment.
placed as (
    select
        account_id,
        month_end,
        'all' as dimension,
        'all' as segment
    from orders
    where not is_internal
    union all
    select
        account_id,
        month_end,
        dimension,
        closing_segment as segment
    from segments
    where dimension != 'all' and closing_segment is not null
)

select
    placed.dimension,
    placed.segment,
    placed.month_end,
    count(*) as account_count,
    count(*) filter (where orders.order_count_365d > 0) as buyer_count_365d,
    cast(sum(orders.recency_days) as bigint) as recency_days,
    cast(sum(orders.order_count_365d) as bigint) as order_count_365d,
    cast(sum(orders.margin_order_count_365d) as bigint) as margin_order_count_365d,
    cast(sum(orders.margin_365d) as decimal(18, 2)) as margin_365d
from placed
inner join orders using (account_id, month_end)
group by placed.dimension, placed.segment, placed.month_end
