with

days as (select * from {{ ref('int_days_spined') }})

select
    date_day,
    cast(date_trunc('week', date_day) as date) as week_start,
    cast(date_trunc('month', date_day) as date) as month_start,
    cast(date_trunc('quarter', date_day) as date) as quarter_start,
    cast(extract(year from date_day) as integer) as calendar_year,
    cast({{ days_between("cast(date_trunc('week', date_day) as date)", 'date_day') }} + 1 as integer) as iso_weekday,
    {{ days_between("cast(date_trunc('week', date_day) as date)", 'date_day') }} < 5 as is_working_day,
    {{ days_between('date_day', '(select as_of_date from ' ~ ref('stg_run__parameters') ~ ')') }}
    < (select late_days from {{ ref('stg_run__parameters') }}) as is_provisional
from days
