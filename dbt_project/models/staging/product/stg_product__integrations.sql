with

source as (
    {{ landed_rows('product', 'integrations') }}
)

select
    -- ids
    integration_id,
    account_id,
    -- texts
    kind as integration_kind,
    status,
    -- times
    connected_at,
    failing_since,
    disconnected_at,
    updated_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
