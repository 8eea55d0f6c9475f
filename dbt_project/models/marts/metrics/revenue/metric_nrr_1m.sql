with

measurements as (select * from {{ ref('fct_segment_mrr_months') }})

select
    month_end as metric_date,
    dimension,
    segment,
    opening_revalued + expansion - contraction - churn as numerator,
    opening_revalued as denominator,
    opening_account_count as sample_size
from measurements
