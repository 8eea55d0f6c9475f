with

measurements as (select * from {{ ref('int_incident_times_daily') }})

select
    activity_date as metric_date,
    'all' as dimension,
    'all' as segment,
    resolve_seconds / 60 as numerator,
    resolve_count as denominator,
    resolve_count as sample_size
from measurements
