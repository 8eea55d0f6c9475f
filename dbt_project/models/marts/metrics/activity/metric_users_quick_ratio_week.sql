with

measurements as (select * from {{ ref('int_lifecycle_periods') }}),

measured as (
    select
        period_end as metric_date,
        dimension,
        segment,
        new_count + resurrected_count as numerator,
        dormant_count as denominator,
        active_count as sample_size
    from measurements
    where entity = 'user' and period = 'week' and dimension != 'account'
),

{{ metric_rows('users_quick_ratio_week', from_step='measured') }}
