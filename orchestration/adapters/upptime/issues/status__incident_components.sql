-- The labels of an issue are the word status and the name of the site.
select
    as_key(number) as incident_id,
    coalesce(inside(label, '$.name'), inside(label, '$')) as component_id,
    as_time(created_at) as from_ts,
    as_time(closed_at) as to_ts,
    case
        when labels like '%maintenance%' then 'under_maintenance'
        when title ilike '%degraded%' then 'degraded_performance'
        else 'major_outage'
    end as component_status,
    landed_file,
    landed_line
from (select *, unnest(entries(labels, '$')) as label from issues)
where coalesce(inside(label, '$.name'), inside(label, '$')) not in ('status', 'maintenance')
