with

parameters as (select * from {{ ref('stg_run__parameters') }}),

events as (select * from {{ ref('stg_product__events') }}),

-- Days begin with the first usage event: before it nothing could be measured.
covered as (
    select min({{ local_day('occurred_at') }}) as first_day
    from events
    where rejection_reason is null
),

limits as (
    select
        least(coalesce(covered.first_day, parameters.as_of_date), parameters.as_of_date) as first_day,
        parameters.as_of_date as last_day
    from parameters
    cross join covered
),

days as (select {{ each_day('first_day', 'last_day') }} as date_day from limits)

select
    date_day,
    cast(date_trunc('month', date_day) as date) as month_start,
    {{ days_between("cast(date_trunc('week', date_day) as date)", 'date_day') }} < 5 as is_working_day
from days
