with

measurements as (select * from {{ ref('int_segment_churn_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    opening_mrr - churned_mrr - contracted_mrr as numerator,
    opening_mrr as denominator,
    paying_account_count as sample_size
from measurements
