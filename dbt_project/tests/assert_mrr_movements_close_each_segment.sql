{{ config(meta={'dagster': {'ref': {'name': 'fct_segment_mrr_months'}}}) }}

-- What holds for each account holds for each segment and month.
with

segments as (select * from {{ ref('fct_segment_mrr_months') }})

select
    dimension,
    segment,
    month_end
from segments
where opening + new + reactivation + expansion - contraction - churn + fx is distinct from closing
