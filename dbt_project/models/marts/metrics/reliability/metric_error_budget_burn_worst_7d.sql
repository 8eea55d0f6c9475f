with

measurements as (select * from {{ ref('int_group_uptime_daily') }})

select
    activity_date as metric_date,
    'all' as dimension,
    'all' as segment,
    budget_burn_7d_worst as numerator,
    cast(null as double) as denominator,
    component_count as sample_size,
    budget_burn_7d_worst as metric_value,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high
from measurements
where component_group = 'all'
