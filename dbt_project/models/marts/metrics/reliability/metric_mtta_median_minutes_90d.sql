with

measurements as (select * from {{ ref('int_incident_times_daily') }})

select
    activity_date as metric_date,
    'all' as dimension,
    'all' as segment,
    acknowledge_median_seconds / 60 as numerator,
    cast(null as double) as denominator,
    acknowledge_count as sample_size,
    acknowledge_median_seconds / 60 as metric_value,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high
from measurements
