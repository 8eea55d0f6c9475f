with

measurements as (select * from {{ ref('int_incident_times_daily') }})

select
    activity_date as metric_date,
    'all' as dimension,
    'all' as segment,
    open_incident_count as numerator,
    cast(null as double) as denominator,
    open_incident_count as sample_size
from measurements
