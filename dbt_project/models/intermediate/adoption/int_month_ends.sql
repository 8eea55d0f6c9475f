{{ config(materialized='ephemeral') }}

with

dates as (select * from {{ ref('int_days_spined') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

months as (
    select distinct {{ next_period("'month'", 'month_start') }} - 1 as month_end
    from dates
)

-- A month that is still running has not ended.
select months.month_end
from months
cross join parameters
where months.month_end <= parameters.as_of_date
