with

hours as (select * from {{ ref('business_hours') }}),

holidays as (select * from {{ ref('holidays') }}),

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- A month before the first ticket, so that every ticket finds an opening before it.
covered as (
    select
        min(coalesce(cast(tickets.created_at as date), parameters.as_of_date)) - 31 as first_day,
        max(parameters.as_of_date) + 2 as last_day
    from parameters
    left join tickets on true
),

days as (
    {{ day_series("(select first_day from covered)", "(select last_day from covered)") }}
),

-- Opening and closing are wall-clock times of the schedule's zone: a full day may have 23 or 25 hours.
openings as (
    select
        days.date_day,
        {{ utc_time("cast(cast(days.date_day as varchar) || ' ' || hours.opens_at || ':00' as timestamp)", 'hours.time_zone') }}
            as opens_at,
        case
            when hours.closes_at = '24:00'
                then {{ utc_time("cast(days.date_day + 1 as timestamp)", 'hours.time_zone') }}
            else
                {{ utc_time("cast(cast(days.date_day as varchar) || ' ' || hours.closes_at || ':00' as timestamp)", 'hours.time_zone') }}
        end as closes_at
    from days
    inner join hours
        on {{ days_between("cast(date_trunc('week', days.date_day) as date)", 'days.date_day') }} + 1 = hours.iso_weekday
    left join holidays
        on
            days.date_day = holidays.holiday_date
            and hours.schedule_id = holidays.schedule_id
    where
        hours.schedule_id = '{{ var("support_schedule") }}'
        and holidays.holiday_date is null
),

measured as (
    select
        *,
        {{ epoch_microseconds('closes_at') }} - {{ epoch_microseconds('opens_at') }} as open_microseconds
    from openings
)

select
    date_day,
    cast(
        coalesce(
            sum(open_microseconds) over (
                order by opens_at
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as bigint
    ) as open_microseconds_before,
    cast(open_microseconds as bigint) as open_microseconds,
    opens_at,
    closes_at,
    lead(opens_at, 1, timestamp '9999-12-31 00:00:00') over (order by opens_at) as next_opens_at
from measured
