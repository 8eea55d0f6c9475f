with

source as (
    {{ landed_rows('catalogue', 'event_catalog') }}
)

select
    -- ids
    event_name,
    feature_id,
    -- booleans
    is_activity,
    is_core,
    is_login,
    is_error,
    is_system,
    is_export,
    is_cancel_help,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
