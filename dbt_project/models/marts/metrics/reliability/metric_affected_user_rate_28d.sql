with

measurements as (select * from {{ ref('int_segment_errors_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    affected_user_count_28d as numerator,
    mau as denominator,
    mau as sample_size
from measurements
