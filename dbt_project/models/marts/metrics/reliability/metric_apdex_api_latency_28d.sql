with

measurements as (select * from {{ ref('int_segment_requests_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    api_latency_satisfied_count_28d
    + (api_latency_request_count_28d - api_latency_satisfied_count_28d - api_latency_frustrated_count_28d)
    / 2 as numerator,
    api_latency_request_count_28d as denominator,
    api_latency_sample_count_28d as sample_size
from measurements
