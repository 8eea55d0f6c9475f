select
    id as incident_id,
    name,
    coalesce(impact_override, impact) as impact,
    status,
    as_time(coalesce(scheduled_for, started_at, created_at)) as started_at,
    as_time(monitoring_at) as monitoring_at,
    as_time(coalesce(resolved_at, case when status = 'completed' then scheduled_until end)) as resolved_at,
    scheduled_for is not null or status in ('scheduled', 'in_progress', 'verifying', 'completed') as is_planned,
    postmortem_body as postmortem,
    landed_file,
    landed_line
from incidents
