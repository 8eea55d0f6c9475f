with

measurements as (select * from {{ ref('fct_segment_mrr_months') }})

select
    month_end as metric_date,
    dimension,
    segment,
    reactivation as numerator,
    cast(null as double) as denominator,
    reactivation_account_count as sample_size
from measurements
