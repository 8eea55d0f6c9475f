with

-- Planned maintenance is no downtime, whatever status its components show.
outages as (select * from {{ ref('int_component_outages_deduplicated') }} where not is_planned),

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

intervals as (
    select
        component_id,
        cut_at as started_at,
        lead(cut_at) over (partition by component_id order by cut_at) as ended_at
    from cut_points
),

-- Overlapping incidents are not added: within a interval the worst status counts.
weighed as (
    select
        intervals.component_id,
        intervals.started_at,
        intervals.ended_at,
        max(weights.downtime_weight) as downtime_weight
    from intervals
    inner join outages
        on
            intervals.component_id = outages.component_id
            and intervals.started_at >= outages.started_at
            and intervals.ended_at <= outages.ended_at
    inner join weights using (component_status)
    where intervals.ended_at is not null
    group by
        intervals.component_id,
        intervals.started_at,
        intervals.ended_at
),

-- Downtime goes on where one interval with weight follows another without a gap.
marked as (
    select
        *,
        case
            when
                downtime_weight > 0
                and lag(downtime_weight) over component_history > 0
                and lag(ended_at) over component_history = started_at
                then 0
            else 1
        end as is_beginning
    from weighed
    window component_history as (partition by component_id order by started_at)
),

numbered as (
    select
        *,
        sum(is_beginning) over (
            partition by component_id
            order by started_at
            rows between unbounded preceding and current row
        ) as outage_number
    from marked
)

select
    component_id,
    started_at,
    ended_at,
    downtime_weight,
    min(started_at) over (partition by component_id, outage_number) as outage_started_at
from numbered
