with

measurements as (select * from {{ ref('int_segment_churn_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    resurrected_customer_count as numerator,
    cast(null as double) as denominator,
    opening_customer_count as sample_size
from measurements
