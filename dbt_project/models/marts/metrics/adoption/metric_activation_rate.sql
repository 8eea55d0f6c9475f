with

measurements as (select * from {{ ref('int_onboarding_cohorts') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        activated_count as numerator,
        applicable_count as denominator,
        applicable_count as sample_size,
        month_end + within_days - 1 as final_on
    from measurements
),

{{ metric_rows('activation_rate', from_step='measured', matures_on='final_on') }}
