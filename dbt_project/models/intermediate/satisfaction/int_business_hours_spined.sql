with

hours as (select * from {{ ref('business_hours') }}),

holidays as (select * from {{ ref('holidays') }}),

days as (select * from {{ ref('int_service_days_spined') }}),

hours_of_days as (
    select
        days.date_day,
        hours.schedule_id,
        coalesce(hours.time_zone, '{{ var("reporting_time_zone") }}') as time_zone,
        {{ wall_time('days.date_day', 'hours.opens_at') }} as wall_opens_at,
        {{ wall_time('days.date_day', 'hours.closes_at') }} as wall_closes_at
    from days
    inner join hours on {{ iso_weekday('days.date_day') }} = hours.iso_weekday
    left join holidays
        on
            days.date_day = holidays.holiday_date
            and hours.schedule_id = holidays.schedule_id
    where holidays.holiday_date is null
),

-- Opening and closing are wall-clock times of the schedule's zone: a full day may have 23 or 25 hours.
openings as (
    select
        date_day,
        schedule_id,
        {{ utc_time('wall_opens_at', 'time_zone') }} as opens_at,
        {{ utc_time('wall_closes_at', 'time_zone') }} as closes_at
    from hours_of_days
),

measured as (
    select
        *,
        {{ epoch_microseconds('closes_at') }} - {{ epoch_microseconds('opens_at') }} as open_microseconds
    from openings
)

select
    date_day,
    schedule_id,
    cast(
        coalesce(
            sum(open_microseconds) over (
                partition by schedule_id
                order by opens_at
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as bigint
    ) as open_microseconds_before,
    cast(open_microseconds as bigint) as open_microseconds,
    opens_at,
    closes_at,
    lead(opens_at, 1, timestamp '9999-12-31 00:00:00') over (
        partition by schedule_id
        order by opens_at
    ) as next_opens_at
from measured
