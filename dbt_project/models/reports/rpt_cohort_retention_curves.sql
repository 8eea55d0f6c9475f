with

curves as (select * from {{ ref('int_cohort_retention_curves') }})

select
    entity,
    interval_number,
    cohort_count,
    cohort_size,
    retained,
    retention_rate,
    interval_low,
    interval_high
from curves
where kind = 'bounded'
