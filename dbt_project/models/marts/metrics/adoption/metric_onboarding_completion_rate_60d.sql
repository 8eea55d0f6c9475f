with

measurements as (select * from {{ ref('int_onboarding_cohorts') }})

select
    month_end as metric_date,
    dimension,
    segment,
    complete_60d_count as numerator,
    started_count as denominator,
    started_count as sample_size,
    month_end + 59 as matures_on
from measurements
