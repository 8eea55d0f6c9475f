with

measurements as (select * from {{ ref('int_segment_errors_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        affected_user_count_28d as numerator,
        mau as denominator,
        mau as sample_size
    from measurements
),

{{ metric_rows('affected_user_rate_28d', from_step='measured') }}
