with

measurements as (select * from {{ ref('int_segment_adoption_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    core_events_28d as numerator,
    core_user_feature_days_28d as denominator,
    core_user_feature_days_28d as sample_size
from measurements
