with

source as (
    {{ landed_rows('billing', 'subscription_items') }}
)

select
    -- ids
    subscription_item_id,
    subscription_id,
    plan_id,
    -- texts
    "interval" as billing_interval,
    upper(currency) as currency,
    -- numbers
    coalesce(interval_count, 1) as interval_count,
    unit_amount_minor,
    quantity,
    coalesce(discount_pct, 0) / 100.0 as discount_rate,
    coalesce(discount_amount_minor, 0) as discount_amount_minor,
    -- times
    valid_from,
    valid_to,
    -- lineage
    coalesce(
        set_aside_because,
        case when valid_to < valid_from then 'valid_to is before valid_from' end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
