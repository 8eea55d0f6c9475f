with

measurements as (select * from {{ ref('int_segment_adoption_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    adopting_user_features as numerator,
    eligible_active_user_features as denominator,
    active_user_count as sample_size
from measurements
