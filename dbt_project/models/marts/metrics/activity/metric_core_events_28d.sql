with

measurements as (select * from {{ ref('int_segment_activity_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        core_events_28d as numerator,
        cast(null as double) as denominator,
        account_count as sample_size
    from measurements
    where dimension != 'account'
),

{{ metric_rows('core_events_28d', from_step='measured') }}
