with

measurements as (select * from {{ ref('int_segment_transactions_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        failed_count_28d as numerator,
        attempted_count_28d as denominator,
        attempted_count_28d as sample_size
    from measurements
),

{{ metric_rows('transaction_failure_rate_28d', from_step='measured') }}
