with

measurements as (select * from {{ ref('int_segment_payments_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        recovered_invoice_count_90d as numerator,
        failed_invoice_count_90d as denominator,
        failed_invoice_count_90d as sample_size
    from measurements
),

{{ metric_rows('payment_recovery_rate_90d', from_step='measured') }}
