with

source as (
    {{ landed_rows('status', 'incident_components') }}
)

select
    -- ids
    incident_id,
    component_id,
    -- texts
    component_status,
    -- times
    from_ts as started_at,
    to_ts as ended_at,
    -- lineage
    coalesce(
        set_aside_because,
        case when to_ts < from_ts then 'to_ts is before from_ts' end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
