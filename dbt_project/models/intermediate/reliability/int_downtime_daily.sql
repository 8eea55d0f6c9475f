with

intervals as (
    select * from {{ ref('int_component_downtime_intervals') }}
    where downtime_weight > 0
),

days as (select * from {{ ref('int_days_spined') }})

select
    intervals.component_id,
    days.date_day as activity_date,
    cast(
        sum(
            cast({{ seconds_between(
                'greatest(intervals.started_at, ' ~ day_starts_at('days.date_day') ~ ')',
                'least(intervals.ended_at, ' ~ day_starts_at('days.date_day + 1') ~ ')'
            ) }} * intervals.downtime_weight as decimal(18, 6))
        ) as double
    ) as downtime_seconds
from intervals
inner join days
    on
        intervals.started_at < {{ day_starts_at('days.date_day + 1') }}
        and intervals.ended_at > {{ day_starts_at('days.date_day') }}
group by intervals.component_id, days.date_day
