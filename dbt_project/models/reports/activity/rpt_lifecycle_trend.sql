with

lifecycle as (select * from {{ ref('int_lifecycle_periods') }}),

metrics as (select * from {{ ref('dim_metrics') }} where metric = 'new_users_week'),

coverage as (select * from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Whoever was there before the log began would be new in its first weeks.
asked as (
    select max(coverage.first_date + metrics.history_days) as first_date
    from metrics
    inner join coverage on metrics.source = coverage.source
)

select
    lifecycle.period_start,
    case when lifecycle.period_start >= asked.first_date then lifecycle.new_count end as new_count,
    lifecycle.returning_count,
    case when lifecycle.period_start >= asked.first_date then lifecycle.resurrected_count end as resurrected_count,
    lifecycle.dormant_count,
    lifecycle.active_count
from lifecycle
cross join parameters
cross join asked
where
    lifecycle.entity = 'user'
    and lifecycle.period = 'week'
    and lifecycle.dimension = 'all'
    and {{ days_between('lifecycle.period_start', 'parameters.as_of_date') }} <= 26 * 7
