with

source as (
    {{ landed_rows('status', 'incidents') }}
)

select
    -- ids
    incident_id,
    -- texts
    name as incident_name,
    impact,
    status,
    -- booleans
    coalesce(is_planned, false) as is_planned,
    postmortem is not null as has_postmortem,
    -- times
    started_at,
    acknowledged_at,
    monitoring_at,
    resolved_at,
    -- lineage
    coalesce(
        set_aside_because,
        case when resolved_at < started_at then 'resolved_at is before started_at' end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
