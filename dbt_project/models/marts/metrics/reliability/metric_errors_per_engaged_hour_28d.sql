with

measurements as (select * from {{ ref('int_segment_errors_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    visible_error_count_28d as numerator,
    engaged_seconds_28d / 3600 as denominator,
    session_count_28d as sample_size
from measurements
