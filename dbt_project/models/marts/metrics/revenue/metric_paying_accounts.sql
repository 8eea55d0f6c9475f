with

measurements as (select * from {{ ref('fct_segment_mrr_months') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        paying_account_count as numerator,
        cast(null as double) as denominator,
        paying_account_count as sample_size
    from measurements
),

{{ metric_rows('paying_accounts', from_step='measured') }}
