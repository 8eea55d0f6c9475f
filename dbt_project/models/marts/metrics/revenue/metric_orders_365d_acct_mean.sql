with

measurements as (select * from {{ ref('int_segment_rfm_months') }})

select
    month_end as metric_date,
    dimension,
    segment,
    order_count_365d as numerator,
    buyer_count_365d as denominator,
    buyer_count_365d as sample_size
from measurements
