select
    as_key(number) as incident_id,
    title as name,
    case
        when labels like '%maintenance%' then 'maintenance'
        when title ilike '%degraded%' then 'minor'
        else 'major'
    end as impact,
    case when closed_at is null then 'investigating' else 'resolved' end as status,
    as_time(created_at) as started_at,
    as_time(closed_at) as resolved_at,
    labels like '%maintenance%' as is_planned,
    landed_file,
    landed_line
from issues
where labels like '%status%' or labels like '%maintenance%'
