with

days as (select * from {{ ref('int_days_spined') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

weeks as (
    select
        date_day,
        cast(date_trunc('week', date_day) as date) as week_start
    from days
)

select
    weeks.date_day,
    weeks.week_start,
    cast(date_trunc('month', weeks.date_day) as date) as month_start,
    cast(date_trunc('quarter', weeks.date_day) as date) as quarter_start,
    cast(extract(year from weeks.date_day) as integer) as calendar_year,
    cast({{ days_between('weeks.week_start', 'weeks.date_day') }} + 1 as integer) as iso_weekday,
    {{ days_between('weeks.week_start', 'weeks.date_day') }} < 5 as is_working_day,
    {{ days_between('weeks.date_day', 'parameters.as_of_date') }} < parameters.late_days as is_provisional
from weeks
cross join parameters
