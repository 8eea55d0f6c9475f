with

measurements as (select * from {{ ref('int_incident_times_daily') }})

select
    activity_date as metric_date,
    'all' as dimension,
    'all' as segment,
    recover_seconds / 60 as numerator,
    recover_count as denominator,
    recover_count as sample_size
from measurements
