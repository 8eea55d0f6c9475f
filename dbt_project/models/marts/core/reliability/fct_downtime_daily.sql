with

segments as (select * from {{ ref('int_component_downtime_segmented') }}),

days as (select * from {{ ref('int_days_spined') }})

select
    segments.component_id,
    days.date_day as activity_date,
    cast(
        sum(
            {{ seconds_between(
                'greatest(segments.started_at, cast(days.date_day as timestamp))',
                'least(segments.ended_at, cast(days.date_day + 1 as timestamp))'
            ) }} * segments.downtime_weight
        ) as double
    ) as downtime_seconds
from segments
inner join days
    on
        segments.started_at < cast(days.date_day + 1 as timestamp)
        and segments.ended_at > cast(days.date_day as timestamp)
where segments.downtime_weight > 0
group by segments.component_id, days.date_day
