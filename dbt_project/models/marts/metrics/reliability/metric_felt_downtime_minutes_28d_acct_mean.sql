with

measurements as (select * from {{ ref('int_segment_downtime_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    felt_downtime_minutes_28d as numerator,
    account_count as denominator,
    account_count as sample_size
from measurements
