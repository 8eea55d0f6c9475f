with

lifecycle as (select * from {{ ref('int_lifecycle_periods') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    lifecycle.period_start,
    lifecycle.new_count,
    lifecycle.returning_count,
    lifecycle.resurrected_count,
    lifecycle.dormant_count,
    lifecycle.active_count
from lifecycle
cross join parameters
where
    lifecycle.entity = 'user'
    and lifecycle.period = 'week'
    and lifecycle.dimension = 'all'
    and {{ days_between('lifecycle.period_start', 'parameters.as_of_date') }} <= 26 * 7
