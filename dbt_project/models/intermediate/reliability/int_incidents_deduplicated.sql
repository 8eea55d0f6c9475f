with

incidents as (select * from {{ ref('stg_status__incidents') }}),

latest as (
    select *
    from incidents
    where
        rejection_reason is null
        and {{ happened_by_as_of('started_at') }}
    qualify {{ is_latest(['incident_id'], []) }}
)

-- A step that came after the last complete day had not been taken yet.
select
    incident_id,
    incident_name,
    coalesce(impact, 'unknown') as impact,
    is_planned,
    has_postmortem,
    started_at,
    case when {{ happened_by_as_of('acknowledged_at') }} then acknowledged_at end as acknowledged_at,
    case when {{ happened_by_as_of('monitoring_at') }} then monitoring_at end as monitoring_at,
    case when {{ happened_by_as_of('resolved_at') }} then resolved_at end as resolved_at
from latest
