-- Of the labels of an issue one is the name of the site; sites of a maintenance stand in its body.
select
    incident_id,
    unnest(sites) as component_id,
    started_at as from_ts,
    resolved_at as to_ts,
    case
        when is_maintenance then 'under_maintenance'
        when name ilike '%degraded%' then 'degraded_performance'
        else 'major_outage'
    end as component_status,
    landed_file,
    landed_line
from each_issue
