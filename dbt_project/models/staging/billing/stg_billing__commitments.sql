with

source as (
    {{ landed_rows('billing', 'commitments') }}
)

select
    -- ids
    commitment_id,
    account_id,
    -- texts
    meter,
    kind as commitment_kind,
    -- numbers
    quantity,
    -- times
    starts_on,
    ends_on,
    updated_at,
    -- lineage
    coalesce(
        set_aside_because,
        case when ends_on <= starts_on then 'ends_on is not after starts_on' end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
