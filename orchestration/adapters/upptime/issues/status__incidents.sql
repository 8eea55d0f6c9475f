select
    incident_id,
    name,
    case
        when is_maintenance then 'maintenance'
        when name ilike '%degraded%' then 'minor'
        else 'major'
    end as impact,
    case when is_open then 'investigating' else 'resolved' end as status,
    started_at,
    resolved_at,
    is_maintenance as is_planned,
    landed_file,
    landed_line
from each_issue
