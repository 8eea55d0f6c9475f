with

measurements as (select * from {{ ref('int_segment_churn_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    voluntary_churn_count as numerator,
    opening_customer_count as denominator,
    opening_customer_count as sample_size,
    matures_on
from measurements
