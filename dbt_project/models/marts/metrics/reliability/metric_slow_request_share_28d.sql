with

measurements as (select * from {{ ref('int_segment_requests_daily') }}),

shares as (
    select
        *,
        request_slow_count_28d / nullif(request_request_count_28d, 0) as failed_share,
        nullif(request_sample_count_28d, 0) as trials
    from measurements
)

select
    activity_date as metric_date,
    dimension,
    segment,
    request_slow_count_28d as numerator,
    request_request_count_28d as denominator,
    request_sample_count_28d as sample_size,
    failed_share as metric_value,
    {{ wilson_bound('failed_share', 'trials', -1) }} as interval_low,
    {{ wilson_bound('failed_share', 'trials', 1) }} as interval_high
from shares
