with

source as (
    {{ landed_rows('catalogue', 'plans') }}
)

select
    -- ids
    plan_id,
    -- texts
    tier,
    upper(trim(currency)) as currency,
    -- numbers
    list_price_minor,
    seats_included,
    -- booleans
    renews,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
