with

source as (
    {{ landed_rows('billing', 'usage') }}
)

select
    -- ids
    account_id,
    -- texts
    meter,
    -- numbers
    quantity,
    -- times
    used_on,
    updated_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
