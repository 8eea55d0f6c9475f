with

segments as (
    select * from {{ ref('int_component_downtime_segmented') }}
    where downtime_weight > 0
),

days as (select * from {{ ref('int_days_spined') }})

select
    segments.component_id,
    days.date_day as activity_date,
    cast(
        sum(
            cast({{ seconds_between(
                'greatest(segments.started_at, ' ~ day_starts_at('days.date_day') ~ ')',
                'least(segments.ended_at, ' ~ day_starts_at('days.date_day + 1') ~ ')'
            ) }} * segments.downtime_weight as decimal(18, 6))
        ) as double
    ) as downtime_seconds
from segments
inner join days
    on
        segments.started_at < {{ day_starts_at('days.date_day + 1') }}
        and segments.ended_at > {{ day_starts_at('days.date_day') }}
group by segments.component_id, days.date_day
