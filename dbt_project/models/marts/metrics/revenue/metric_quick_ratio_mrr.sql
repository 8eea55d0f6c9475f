with

measurements as (select * from {{ ref('fct_segment_mrr_months') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        new + reactivation + expansion as numerator,
        churn + contraction as denominator,
        opening_account_count as sample_size
    from measurements
),

{{ metric_rows('quick_ratio_mrr', from_step='measured') }}
