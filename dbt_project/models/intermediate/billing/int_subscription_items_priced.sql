with

items as (select * from {{ ref('int_subscription_items_deduplicated') }}),

charged as (
    select
        *,
        unit_amount_minor * quantity * (1 - discount_rate) - discount_amount_minor as period_amount_minor
    from items
)

-- metrics.md 2.4: a price is brought to a month by the length of the period that it covers.
select
    subscription_item_id,
    subscription_id,
    plan_id,
    currency,
    quantity,
    discount_rate >= 1 as is_comped,
    greatest(period_amount_minor, 0)
    * case billing_interval
        when 'day' then 365.25 / 12
        when 'week' then 52.0 / 12
        when 'month' then 1.0
        when 'year' then 1.0 / 12
    end
    / nullif(interval_count, 0) / 100.0 as monthly_amount,
    valid_from,
    valid_to
from charged
