with

measurements as (select * from {{ ref('int_incident_times_daily') }}),

measured as (
    select
        activity_date as metric_date,
        'all' as dimension,
        'all' as segment,
        recover_seconds / 60 as numerator,
        recover_count as denominator,
        recover_count as sample_size
    from measurements
),

{{ metric_rows('mttr_recovery_minutes_90d', from_step='measured') }}
