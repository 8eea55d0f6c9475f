with

active_days as (select * from {{ ref('int_active_user_days') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

numbers as (select number from {{ number_series('1', '26') }}),

user_days as (
    select
        activity_date,
        {{ days_between('activity_date', 'lead(activity_date) over (partition by user_id order by activity_date)') }}
            as days_until_next
    from active_days
    where dimension = 'all'
),

-- Only silences that could be watched for long enough after they reached the length.
silences as (
    select
        numbers.number * 7 as silent_days,
        user_days.days_until_next
    from user_days
    cross join parameters
    inner join numbers
        on
            coalesce(user_days.days_until_next > numbers.number * 7, true)
            and user_days.activity_date + numbers.number * 7
            <= parameters.as_of_date - {{ var('activity_return_days') }}
),

counted as (
    select
        silent_days,
        count(*) as silence_count,
        count(*) filter (where days_until_next <= silent_days + {{ var('activity_return_days') }}) as returned_count
    from silences
    group by silent_days
)

select
    numbers.number * 7 as silent_days,
    coalesce(counted.silence_count, 0) as silence_count,
    counted.returned_count,
    cast(counted.returned_count as double) / counted.silence_count as return_rate
from numbers
left join counted on numbers.number * 7 = counted.silent_days
