with

measurements as (select * from {{ ref('int_segment_adoption_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    adopting_member_features as numerator,
    eligible_provisioned_user_features as denominator,
    provisioned_user_count as sample_size
from measurements
