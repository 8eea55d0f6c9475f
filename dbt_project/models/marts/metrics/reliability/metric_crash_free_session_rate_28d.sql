with

measurements as (select * from {{ ref('int_segment_errors_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        session_count_28d - crashed_session_count_28d as numerator,
        session_count_28d as denominator,
        session_count_28d as sample_size
    from measurements
),

{{ metric_rows('crash_free_session_rate_28d', from_step='measured') }}
