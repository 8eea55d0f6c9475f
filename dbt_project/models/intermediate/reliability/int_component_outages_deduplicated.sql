with

outages as (select * from {{ ref('stg_status__incident_components') }}),

incidents as (select * from {{ ref('stg_status__incidents') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

latest_incidents as (
    select
        incident_id,
        resolved_at
    from incidents
    where
        rejection_reason is null
        and {{ happened_by_as_of('started_at') }}
    qualify {{ is_latest(['incident_id'], []) }}
),

latest_outages as (
    select
        incident_id,
        component_id,
        component_status,
        started_at,
        ended_at
    from outages
    where
        rejection_reason is null
        and {{ happened_by_as_of('started_at') }}
    qualify {{ is_latest(['incident_id', 'component_id', 'started_at'], []) }}
)

-- What is still open ends, for now, with the last complete day.
select
    latest_outages.incident_id,
    latest_outages.component_id,
    latest_outages.component_status,
    latest_outages.started_at,
    least(
        coalesce(latest_outages.ended_at, latest_incidents.resolved_at, cast(parameters.as_of_date + 1 as timestamp)),
        cast(parameters.as_of_date + 1 as timestamp)
    ) as ended_at
from latest_outages
inner join latest_incidents using (incident_id)
cross join parameters
