with

cells as (select * from {{ ref('fct_cohort_retention') }}),

revenue as (select * from {{ ref('int_cohort_revenue') }})

select
    cells.cohort_start,
    cells.interval_number,
    cells.cohort_size,
    cells.retained,
    cells.retention_rate,
    revenue.starting_mrr,
    revenue.mrr,
    revenue.mrr_retention_rate,
    cells.is_mature,
    cells.matures_on,
    revenue.matures_on as mrr_matures_on
from cells
left join revenue using (cohort_start, interval_number)
where cells.entity = 'account' and cells.kind = 'bounded'
