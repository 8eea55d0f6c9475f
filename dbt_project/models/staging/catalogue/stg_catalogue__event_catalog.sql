with

source as (select * from {{ source('catalogue', 'event_catalog') }} where {{ was_known('_loaded_at') }})

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
    -- lineage
    cast(null as varchar) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
