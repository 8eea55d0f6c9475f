with

measurements as (select * from {{ ref('int_segment_rfm_months') }})

select
    month_end as metric_date,
    dimension,
    segment,
    recency_days as numerator,
    account_count as denominator,
    account_count as sample_size
from measurements
