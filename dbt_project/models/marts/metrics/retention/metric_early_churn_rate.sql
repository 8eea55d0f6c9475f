with

measurements as (select * from {{ ref('int_segment_early_churn_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    early_churn_count as numerator,
    customer_count as denominator,
    customer_count as sample_size,
    matures_on
from measurements
