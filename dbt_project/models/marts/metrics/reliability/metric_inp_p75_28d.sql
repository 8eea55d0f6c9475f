with

measurements as (select * from {{ ref('int_segment_latency_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    inp_p75_seconds as numerator,
    cast(null as double) as denominator,
    inp_sample_count as sample_size,
    inp_p75_seconds as metric_value,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high
from measurements
where dimension = 'all'
