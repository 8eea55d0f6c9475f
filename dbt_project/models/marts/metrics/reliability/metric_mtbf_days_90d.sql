with

measurements as (select * from {{ ref('int_incident_times_daily') }})

select
    activity_date as metric_date,
    'all' as dimension,
    'all' as segment,
    up_seconds / 86400 as numerator,
    outage_count as denominator,
    outage_count as sample_size
from measurements
