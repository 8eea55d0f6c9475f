with

measurements as (select * from {{ ref('fct_segment_mrr_concentration') }}),

measured as (
    select
        month_end as metric_date,
        dimension,
        segment,
        squared_mrr as numerator,
        cast(mrr as double) * cast(mrr as double) as denominator,
        paying_account_count as sample_size
    from measurements
),

{{ metric_rows('hhi', from_step='measured') }}
