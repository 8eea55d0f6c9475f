with

cells as (select * from {{ ref('fct_cohort_retention') }}),

summed as (
    select
        entity,
        cohort_period,
        kind,
        interval_number,
        last_interval,
        count(*) as cohort_count,
        sum(cohort_size) as cohort_size,
        sum(retained) as retained
    from cells
    where is_mature
    group by entity, cohort_period, kind, interval_number, last_interval
)

-- Sums divided once: a mean of percentages would count a cohort of two like one of two hundred.
select
    entity,
    cohort_period,
    kind,
    interval_number,
    last_interval,
    cohort_count,
    cast(cohort_size as bigint) as cohort_size,
    cast(retained as bigint) as retained,
    cast(retained as double) / cohort_size as retention_rate,
    {{ wilson_bound('(cast(retained as double) / cohort_size)', 'cohort_size', -1) }} as interval_low,
    {{ wilson_bound('(cast(retained as double) / cohort_size)', 'cohort_size', 1) }} as interval_high
from summed
