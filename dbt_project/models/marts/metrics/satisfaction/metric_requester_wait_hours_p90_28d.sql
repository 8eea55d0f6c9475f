with

activity as (
    select * from {{ ref('fct_segment_activity_daily') }}
    where dimension != 'account'
),

percentiles as (
    select * from {{ ref('fct_ticket_time_percentiles_daily') }}
    where measure = 'requester_wait'
),

measured as (
    select
        activity.activity_date as metric_date,
        activity.dimension,
        activity.segment,
        percentiles.p90_seconds / 3600.0 as numerator,
        cast(null as double) as denominator,
        percentiles.p90_seconds / 3600.0 as metric_value,
        percentiles.p90_seconds_low / 3600.0 as interval_low,
        percentiles.p90_seconds_high / 3600.0 as interval_high,
        coalesce(percentiles.ticket_count, 0) as sample_size
    from activity
    left join percentiles using (dimension, segment, activity_date)
),

{{ metric_rows('requester_wait_hours_p90_28d', from_step='measured') }}
