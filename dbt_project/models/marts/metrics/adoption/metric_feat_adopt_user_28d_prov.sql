with

measurements as (select * from {{ ref('int_segment_adoption_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        adopting_member_features as numerator,
        eligible_provisioned_user_features as denominator,
        provisioned_user_count as sample_size
    from measurements
),

{{ metric_rows('feat_adopt_user_28d_prov', from_step='measured') }}
