with

incidents as (select * from {{ ref('int_incidents_deduplicated') }}),

outages as (select * from {{ ref('int_component_outages_deduplicated') }}),

weights as (select * from {{ ref('outage_weights') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

touched as (
    select
        outages.incident_id,
        count(distinct outages.component_id) as component_count,
        coalesce(max(weights.downtime_weight), 0) as worst_downtime_weight,
        count(*) filter (where outages.component_status is null) as unknown_status_count
    from outages
    left join weights using (component_status)
    group by outages.incident_id
)

select
    incidents.incident_id,
    {{ local_day('incidents.started_at') }} as started_date,
    incidents.incident_name,
    incidents.impact,
    incidents.is_planned,
    not incidents.is_planned and incidents.impact not in ('none', 'maintenance') as is_failure,
    incidents.is_open,
    incidents.has_postmortem,
    coalesce(touched.component_count, 0) as component_count,
    case
        when incidents.is_planned then false
        when touched.worst_downtime_weight > 0 then true
        when touched.unknown_status_count > 0 then null
        else false
    end as is_outage,
    case
        when incidents.acknowledged_at >= incidents.started_at
            then cast({{ seconds_between('incidents.started_at', 'incidents.acknowledged_at') }} as double)
    end as seconds_to_acknowledge,
    case
        when incidents.monitoring_at >= incidents.started_at
            then cast({{ seconds_between('incidents.started_at', 'incidents.monitoring_at') }} as double)
    end as seconds_to_recover,
    cast({{ seconds_between('incidents.started_at', 'incidents.resolved_at') }} as double) as seconds_to_resolve,
    case
        when incidents.is_open
            then
                cast(
                    {{ seconds_between('incidents.started_at', day_starts_at('parameters.as_of_date + 1')) }} as double
                )
    end as seconds_open,
    incidents.started_at,
    incidents.acknowledged_at,
    incidents.monitoring_at,
    incidents.resolved_at
from incidents
left join touched using (incident_id)
cross join parameters
