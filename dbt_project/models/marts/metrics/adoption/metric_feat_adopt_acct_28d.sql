with

measurements as (select * from {{ ref('int_segment_adoption_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        adopting_account_features as numerator,
        eligible_account_features as denominator,
        account_count as sample_size
    from measurements
),

{{ metric_rows('feat_adopt_acct_28d', from_step='measured') }}
