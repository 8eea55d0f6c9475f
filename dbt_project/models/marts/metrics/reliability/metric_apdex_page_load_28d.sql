with

measurements as (select * from {{ ref('int_segment_requests_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    page_load_satisfied_count_28d
    + (page_load_request_count_28d - page_load_satisfied_count_28d - page_load_frustrated_count_28d)
    / 2 as numerator,
    page_load_request_count_28d as denominator,
    page_load_sample_count_28d as sample_size
from measurements
