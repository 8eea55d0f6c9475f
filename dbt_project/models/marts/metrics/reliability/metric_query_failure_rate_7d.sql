with

measurements as (select * from {{ ref('int_segment_requests_daily') }}),

shares as (
    select
        *,
        query_failed_count_7d / nullif(query_outcome_count_7d, 0) as failed_share,
        nullif(query_outcome_sample_count_7d, 0) as trials
    from measurements
)

select
    activity_date as metric_date,
    dimension,
    segment,
    query_failed_count_7d as numerator,
    query_outcome_count_7d as denominator,
    query_outcome_sample_count_7d as sample_size,
    failed_share as metric_value,
    {{ wilson_bound('failed_share', 'trials', -1) }} as interval_low,
    {{ wilson_bound('failed_share', 'trials', 1) }} as interval_high
from shares
