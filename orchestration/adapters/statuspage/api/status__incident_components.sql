-- Each update says what became of a component; it stays so until the next one, or until the incident is over. An
-- incident that is written down afterwards has updates of one later moment, so the time that each tells of goes first.
with

updates as (
    select id, resolved_at, landed_file, landed_line, unnest(entries(incident_updates, '$')) as step from incidents
),

changes as (
    select
        id, resolved_at, landed_file, landed_line,
        coalesce(inside(step, '$.display_at'), inside(step, '$.created_at')) as changed_at,
        inside(step, '$.created_at') as written_at,
        unnest(entries(cast(step as varchar), '$.affected_components')) as component
    from updates
),

states as (
    select
        *,
        (inside(component, '$.code')) as component_id,
        (inside(component, '$.new_status')) as component_status,
        to_time(changed_at) as from_ts,
        lead(to_time(changed_at)) over (
            partition by landed_file, landed_line, (inside(component, '$.code'))
            order by to_time(changed_at), to_time(written_at)
        ) as next_ts
    from changes
)

-- What no time can be read of is handed on as it is written, so that it is named.
select
    id as incident_id,
    component_id,
    coalesce(cast(from_ts as varchar), changed_at) as from_ts,
    coalesce(cast(next_ts as varchar), as_time(resolved_at)) as to_ts,
    component_status,
    landed_file,
    landed_line
from states
where component_status is distinct from 'operational'

union all

-- An incident that names its components and whose updates do not say what became of them: that is told nowhere, so they
-- are refused and counted, as are updates that are no JSON.
select
    id,
    unnest(case
        when no_json(incident_updates) is not null then [no_json(incident_updates)]
        else list_transform(entries(components, '$'), lambda component: inside(component, '$.id'))
    end),
    as_time(coalesce(started_at, created_at)),
    as_time(resolved_at),
    cast(null as varchar),
    landed_file,
    landed_line
from incidents
where len(entries(incident_updates, '$[*].affected_components')) = 0
