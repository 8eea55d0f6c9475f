with

measurements as (select * from {{ ref('int_group_uptime_daily') }})

select
    activity_date as metric_date,
    'all' as dimension,
    'all' as segment,
    window_seconds_28d - downtime_seconds_28d as numerator,
    window_seconds_28d as denominator,
    component_count as sample_size
from measurements
where component_group = 'all'
