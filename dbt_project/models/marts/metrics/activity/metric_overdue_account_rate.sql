with

measurements as (select * from {{ ref('int_segment_engagement_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        overdue_account_count as numerator,
        rhythm_account_count as denominator,
        rhythm_account_count as sample_size
    from measurements
    where dimension != 'account'
),

{{ metric_rows('overdue_account_rate', from_step='measured') }}
