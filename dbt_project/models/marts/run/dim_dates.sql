with

built as (
    select
        min(date_day) as first_day,
        max(date_day) as last_day
    from {{ ref('int_days_spined') }}
),

coverage as (select min(first_date) as first_date from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Revenue is known from long before usage, and contracts renew long after today: a calendar without those days would
-- leave them out of whatever is joined to it. Whole years, with the Monday of the first day, and none before times are
-- told in seconds.
limits as (
    select
        built.first_day,
        built.last_day,
        parameters.late_days,
        cast(date_trunc('year', greatest(
            least(built.first_day, coalesce(coverage.first_date, built.first_day)) - 6, date '1970-01-01'
        )) as date) as calendar_start,
        cast(date_trunc('year', {{ months_later('parameters.as_of_date', 48) }}) as date) - 1 as calendar_end
    from built
    cross join coverage
    cross join parameters
),

days as (select {{ each_day('calendar_start', 'calendar_end') }} as date_day from limits),

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
    weeks.date_day between limits.first_day and limits.last_day as is_built,
    {{ days_between('weeks.date_day', 'limits.last_day') }} between 0 and limits.late_days - 1 as is_provisional
from weeks
cross join limits
