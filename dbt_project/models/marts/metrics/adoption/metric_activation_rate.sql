with

measurements as (select * from {{ ref('int_onboarding_cohorts') }})

select
    month_end as metric_date,
    dimension,
    segment,
    activated_count as numerator,
    applicable_count as denominator,
    applicable_count as sample_size,
    month_end + within_days - 1 as matures_on
from measurements
