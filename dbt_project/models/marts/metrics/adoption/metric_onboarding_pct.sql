with

measurements as (select * from {{ ref('int_onboarding_cohorts') }})

select
    month_end as metric_date,
    dimension,
    segment,
    completed_30d_count as numerator,
    required_count as denominator,
    started_count as sample_size,
    month_end + 29 as matures_on
from measurements
