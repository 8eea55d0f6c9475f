-- Each update says what became of a component; it stays so until the next one, or until the incident is over.
with

updates as (
    select id, resolved_at, landed_file, landed_line, unnest(entries(incident_updates, '$')) as step from incidents
),

changes as (
    select
        id, resolved_at, landed_file, landed_line,
        inside(step, '$.created_at') as changed_at,
        unnest(entries(cast(step as varchar), '$.affected_components')) as component
    from updates
),

states as (
    select
        id as incident_id,
        (inside(component, '$.code')) as component_id,
        (inside(component, '$.new_status')) as component_status,
        to_time(changed_at) as from_ts,
        lead(to_time(changed_at)) over (partition by landed_file, landed_line, (inside(component, '$.code')) order by to_time(changed_at)) as next_ts,
        to_time(resolved_at) as resolved_at,
        landed_file,
        landed_line
    from changes
)

select
    incident_id,
    component_id,
    as_time(cast(from_ts as varchar)) as from_ts,
    as_time(cast(coalesce(next_ts, resolved_at) as varchar)) as to_ts,
    component_status,
    landed_file,
    landed_line
from states
where component_status is distinct from 'operational'
