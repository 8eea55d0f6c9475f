with

measurements as (select * from {{ ref('int_segment_activity_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    core_events_28d as numerator,
    core_events_previous_28d as denominator,
    account_count as sample_size
from measurements
where dimension != 'account'
