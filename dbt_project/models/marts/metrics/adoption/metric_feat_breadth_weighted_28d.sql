with

measurements as (select * from {{ ref('int_segment_breadth_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        used_importance as numerator,
        eligible_importance as denominator,
        account_count as sample_size
    from measurements
),

{{ metric_rows('feat_breadth_weighted_28d', from_step='measured') }}
