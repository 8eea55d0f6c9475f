with

measurements as (select * from {{ ref('int_segment_breadth_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        used_feature_count as numerator,
        eligible_feature_count as denominator,
        account_count as sample_size
    from measurements
),

{{ metric_rows('feat_breadth_28d', from_step='measured') }}
