with

measurements as (select * from {{ ref('fct_segment_mrr_months') }})

select
    month_end as metric_date,
    dimension,
    segment,
    mrr as numerator,
    paying_account_count as denominator,
    paying_account_count as sample_size
from measurements
