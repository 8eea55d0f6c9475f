{%- set ended = "('resolved', 'postmortem', 'completed')" -%}
with

incidents as (select * from {{ ref('stg_status__incidents') }}),

components as (select * from {{ ref('stg_status__incident_components') }}),

latest as (
    select
        *,
        is_planned
        or coalesce(impact = 'maintenance', false)
        or coalesce(status in ('scheduled', 'in_progress', 'verifying', 'completed'), false) as is_maintenance
    from incidents
    where
        rejection_reason is null
        and {{ happened_by_as_of('started_at') }}
    qualify {{ is_latest(['incident_id'], []) }}
),

components_of_incidents as (
    select
        incident_id,
        case when bool_and(ended_at is not null) then max(ended_at) end as all_ended_at
    from components
    where rejection_reason is null
    group by incident_id
),

-- Without a time of resolution that has a status of the end, its components tell, or the time of monitoring.
ended as (
    select
        latest.*,
        latest.status in {{ ended }} as is_said_ended,
        coalesce(
            latest.resolved_at,
            case
                when latest.status in {{ ended }}
                    then coalesce(
                        case when components.all_ended_at >= latest.started_at then components.all_ended_at end,
                        case when latest.monitoring_at >= latest.started_at then latest.monitoring_at end
                    )
            end
        ) as ended_at
    from latest
    left join components_of_incidents as components using (incident_id)
)

-- A step that came after the last complete day had not been taken yet.
select
    incident_id,
    incident_name,
    coalesce(impact, 'unknown') as impact,
    is_maintenance as is_planned,
    has_postmortem,
    started_at,
    case when {{ happened_by_as_of('acknowledged_at') }} then acknowledged_at end as acknowledged_at,
    case when {{ happened_by_as_of('monitoring_at') }} then monitoring_at end as monitoring_at,
    case when {{ happened_by_as_of('ended_at') }} then ended_at end as resolved_at,
    case
        when ended_at is not null and {{ happened_by_as_of('ended_at') }} then false
        else ended_at is not null or not coalesce(is_said_ended, false)
    end as is_open,
    case
        when is_said_ended and ended_at is null
            then 'status is ' || status || ' and resolved_at is empty: it is over, nobody says since when'
        when is_said_ended and resolved_at is null
            then 'status is ' || status || ' and resolved_at is empty: it ended with its components or at monitoring_at'
        when not is_said_ended and resolved_at is not null
            then 'status is ' || status || ' and resolved_at is told: it ended at resolved_at'
        when impact = 'maintenance' and not is_planned
            then 'impact is maintenance and is_planned is not true: it is planned maintenance'
        when is_maintenance and not is_planned and impact != 'maintenance'
            then 'status is ' || status || ' and is_planned is not true: it is planned maintenance'
    end as contradiction,
    landed_file,
    landed_line
from ended
