with

source as (
    {{ landed_rows('billing', 'subscription_items') }}
),

-- A file tells shares where none of its discounts is above 1 and one is between 0 and 1. Files do not change, so a
-- later one changes no reading of an earlier one.
loads as (
    select
        _load_id,
        max(discount_pct) <= 1 and bool_or(discount_pct > 0 and discount_pct < 1) as tells_shares
    from source
    group by _load_id
)

select
    -- ids
    source.subscription_item_id,
    source.subscription_id,
    source.plan_id,
    -- texts
    source.interval as billing_interval,
    upper(trim(source.currency)) as currency,
    -- numbers
    coalesce(source.interval_count, 1) as interval_count,
    source.unit_amount_minor,
    source.quantity,
    case
        when source.discount_pct is null then 0e0
        when source.discount_pct >= 0 and loads.tells_shares then source.discount_pct
        when source.discount_pct between 0 and 100 then source.discount_pct / 100.0
    end as discount_rate,
    coalesce(source.discount_amount_minor, 0) as discount_amount_minor,
    -- booleans
    coalesce(loads.tells_shares and source.discount_pct > 0, false) as is_discount_told_as_share,
    -- times
    source.valid_from,
    source.valid_to,
    -- lineage
    coalesce(
        source.set_aside_because,
        case when source.valid_to < source.valid_from then 'valid_to is before valid_from' end
    ) as rejection_reason,
    source._load_id as load_id,
    source._file as landed_file,
    source._line as landed_line
from source
inner join loads on source._load_id = loads._load_id
