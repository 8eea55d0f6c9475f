with

measurements as (select * from {{ ref('int_incident_times_daily') }})

select
    activity_date as metric_date,
    'all' as dimension,
    'all' as segment,
    acknowledge_seconds / 60 as numerator,
    acknowledge_count as denominator,
    acknowledge_count as sample_size
from measurements
