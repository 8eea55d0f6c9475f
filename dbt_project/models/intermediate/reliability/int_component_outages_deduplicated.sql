with

outages as (select * from {{ ref('stg_status__incident_components') }}),

incidents as (select * from {{ ref('int_incidents_deduplicated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

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
),

ended as (
    select
        latest_outages.*,
        coalesce(latest_outages.ended_at, incidents.resolved_at) as known_end_at,
        {{ day_starts_at('parameters.as_of_date + 1') }} as as_of_end_at
    from latest_outages
    left join incidents using (incident_id)
    cross join parameters
    -- An outage without an end and without its incident could have ended at any time.
    where latest_outages.ended_at is not null or incidents.incident_id is not null
)

-- What is still open, or ended after the last complete day, ends for now with that day.
select
    incident_id,
    component_id,
    component_status,
    coalesce(known_end_at >= as_of_end_at, true) as is_open,
    started_at,
    least(coalesce(known_end_at, as_of_end_at), as_of_end_at) as ended_at
from ended
