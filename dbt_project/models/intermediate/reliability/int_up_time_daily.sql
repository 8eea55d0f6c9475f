with

downtime as (select * from {{ ref('int_downtime_merged') }}),

days as (select * from {{ ref('int_days_spined') }}),

source_coverage as (
    select * from {{ ref('dim_source_coverage') }}
    where source = 'status_incidents'
),

down as (
    select
        days.date_day,
        sum(
            cast({{ seconds_between(
                'greatest(downtime.started_at, ' ~ day_starts_at('days.date_day') ~ ')',
                'least(downtime.ended_at, ' ~ day_starts_at('days.date_day + 1') ~ ')'
            ) }} as decimal(18, 6))
        ) as down_seconds
    from downtime
    inner join days
        on
            downtime.started_at < {{ day_starts_at('days.date_day + 1') }}
            and downtime.ended_at > {{ day_starts_at('days.date_day') }}
    group by days.date_day
)

select
    days.date_day as activity_date,
    cast(
        {{ seconds_between(day_starts_at('days.date_day'), day_starts_at('days.date_day + 1')) }}
        - coalesce(down.down_seconds, 0) as double
    ) as up_seconds
from days
inner join source_coverage on days.date_day >= source_coverage.first_date
left join down using (date_day)
