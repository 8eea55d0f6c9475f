with

measurements as (select * from {{ ref('int_segment_payments_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    failed_attempt_count_90d as numerator,
    attempt_count_90d as denominator,
    attempt_count_90d as sample_size
from measurements
