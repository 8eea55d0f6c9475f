with

outages as (select * from {{ ref('int_component_outages_deduplicated') }}),

weights as (select * from {{ ref('outage_weights') }}),

cut_points as (
    select
        component_id,
        started_at as cut_at
    from outages
    union
    select
        component_id,
        ended_at as cut_at
    from outages
),

segments as (
    select
        component_id,
        cut_at as started_at,
        lead(cut_at) over (partition by component_id order by cut_at) as ended_at
    from cut_points
)

-- Overlapping incidents are not added: within a segment the worst status counts.
select
    segments.component_id,
    segments.started_at,
    segments.ended_at,
    max(weights.downtime_weight) as downtime_weight
from segments
inner join outages
    on
        segments.component_id = outages.component_id
        and segments.started_at >= outages.started_at
        and segments.ended_at <= outages.ended_at
inner join weights using (component_status)
where segments.ended_at is not null
group by
    segments.component_id,
    segments.started_at,
    segments.ended_at
