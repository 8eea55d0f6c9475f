with

measurements as (select * from {{ ref('int_segment_transactions_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    failed_count_28d as numerator,
    attempted_count_28d as denominator,
    attempted_count_28d as sample_size
from measurements
