with

measurements as (select * from {{ ref('int_segment_latency_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    page_load_p99_seconds as numerator,
    cast(null as double) as denominator,
    page_load_sample_count as sample_size,
    page_load_p99_seconds as metric_value,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high
from measurements
