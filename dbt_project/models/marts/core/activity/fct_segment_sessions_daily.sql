with

activity as (select * from {{ ref('fct_segment_activity_daily') }}),

sessions as (select * from {{ ref('fct_sessions_daily') }}),

medians as (select * from {{ ref('fct_session_length_medians_daily') }})

select
    activity.dimension,
    activity.segment,
    activity.activity_date,
    activity.mau,
    cast(sum(coalesce(sessions.session_count, 0)) over last_28_days as bigint) as session_count_28d,
    cast(sum(coalesce(sessions.single_event_session_count, 0)) over last_28_days as bigint)
        as single_event_session_count_28d,
    cast(sum(coalesce(sessions.engaged_session_count, 0)) over last_28_days as bigint) as engaged_session_count_28d,
    -- Seconds are rounded to the microsecond, so that the order of adding them does not show.
    cast(sum(cast(coalesce(sessions.engaged_seconds, 0) as decimal(18, 6))) over last_28_days as double)
        as engaged_seconds_28d,
    coalesce(medians.session_count, 0) as timed_session_count,
    medians.median_session_seconds,
    lag(medians.median_session_seconds, 28) over segment_history as previous_median_session_seconds
from activity
left join sessions using (dimension, segment, activity_date)
left join medians using (dimension, segment, activity_date)
where activity.dimension != 'account'
window
    last_28_days as (
        partition by activity.dimension, activity.segment
        order by activity.activity_date
        range between interval 27 days preceding and current row
    ),
    segment_history as (
        partition by activity.dimension, activity.segment
        order by activity.activity_date
    )
