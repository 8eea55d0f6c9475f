with

incidents as (select * from {{ ref('fct_incidents') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

-- What began in the last 90 days, and whatever is still open.
select
    incidents.incident_id,
    incidents.incident_name,
    incidents.impact,
    incidents.started_date,
    incidents.component_count,
    incidents.seconds_to_acknowledge / 60 as minutes_to_acknowledge,
    incidents.seconds_to_recover / 3600 as hours_to_recover,
    incidents.seconds_to_resolve / 3600 as hours_to_resolve,
    incidents.seconds_open / 3600 as hours_open,
    incidents.is_open,
    incidents.is_planned,
    incidents.is_outage,
    incidents.has_postmortem,
    incidents.started_at
from incidents
cross join parameters
where incidents.is_open or incidents.started_date > parameters.as_of_date - 90
