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
        ended_at,
        landed_file,
        landed_line
    from outages
    where
        rejection_reason is null
        and {{ happened_by_as_of('started_at') }}
    qualify {{ is_latest(['incident_id', 'component_id', 'started_at'], []) }}
),

ended as (
    select
        latest_outages.*,
        coalesce(incidents.is_planned, false) as is_planned,
        coalesce(
            latest_outages.ended_at,
            case when incidents.resolved_at >= latest_outages.started_at then incidents.resolved_at end
        ) as known_end_at,
        -- An outage without an end and without an open incident could have ended at any time.
        coalesce(not incidents.is_open, true) as is_over,
        {{ day_starts_at('parameters.as_of_date + 1') }} as as_of_end_at
    from latest_outages
    left join incidents using (incident_id)
    cross join parameters
)

-- What is still open, or ended after the last complete day, ends for now with that day; what has ended nobody knows
-- when has no time.
select
    incident_id,
    component_id,
    component_status,
    is_planned,
    case when known_end_at is null then not is_over else known_end_at >= as_of_end_at end as is_open,
    started_at,
    case
        when known_end_at is null and is_over then started_at
        else least(coalesce(known_end_at, as_of_end_at), as_of_end_at)
    end as ended_at,
    case
        when known_end_at is null and is_over
            then 'to_ts is empty and its incident is over or unknown: its time is not counted'
        when component_status is null
            then 'component_status is not known: it counts neither as an outage nor as none'
    end as contradiction,
    landed_file,
    landed_line
from ended
