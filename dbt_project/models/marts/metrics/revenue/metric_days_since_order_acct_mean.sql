with

measurements as (select * from {{ ref('int_segment_rfm_months') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        recency_days as numerator,
        account_count as denominator,
        account_count as sample_size
    from measurements
),

{{ metric_rows('days_since_order_acct_mean', from_step='measured') }}
