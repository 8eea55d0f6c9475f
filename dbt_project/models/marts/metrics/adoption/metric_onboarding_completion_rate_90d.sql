with

measurements as (select * from {{ ref('int_onboarding_cohorts') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        complete_90d_count as numerator,
        started_count as denominator,
        started_count as sample_size,
        month_end + 89 as final_on
    from measurements
),

{{ metric_rows('onboarding_completion_rate_90d', from_step='measured', matures_on='final_on') }}
