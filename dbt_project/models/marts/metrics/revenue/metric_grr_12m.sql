with

measurements as (select * from {{ ref('int_segment_mrr_retention_12m') }})

select
    month_end as metric_date,
    dimension,
    segment,
    retained_without_expansion as numerator,
    opening as denominator,
    opening_account_count as sample_size
from measurements
