with

measurements as (select * from {{ ref('int_segment_rfm_months') }})

select
    month_end as metric_date,
    dimension,
    segment,
    margin_365d as numerator,
    margin_order_count_365d as denominator,
    margin_order_count_365d as sample_size
from measurements
