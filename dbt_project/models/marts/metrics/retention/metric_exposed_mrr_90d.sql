with

measurements as (select * from {{ ref('int_segment_exposed_mrr_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    exposed_mrr as numerator,
    cast(null as double) as denominator,
    customer_count as sample_size
from measurements
