with

measurements as (select * from {{ ref('fct_segment_mrr_concentration') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        top_10_mrr as numerator,
        mrr as denominator,
        paying_account_count as sample_size
    from measurements
),

{{ metric_rows('top_10_share', from_step='measured') }}
