{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

activity as (
    select * from {{ ref('int_session_segments_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

sessions as (
    select * from {{ ref('int_sessions_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

medians as (
    select * from {{ ref('int_session_length_medians_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=28) }}
),

windowed as (
    select
        activity.dimension,
        activity.segment,
        activity.activity_date,
        activity.mau,
        cast(sum(coalesce(sessions.session_count, 0)) over last_28_days as bigint) as session_count_28d,
        cast(sum(coalesce(sessions.user_session_count, 0)) over last_28_days as bigint) as user_session_count_28d,
        cast(sum(coalesce(sessions.single_event_session_count, 0)) over last_28_days as bigint)
            as single_event_session_count_28d,
        cast(sum(coalesce(sessions.engaged_session_count, 0)) over last_28_days as bigint) as engaged_session_count_28d,
        -- Seconds are rounded to the microsecond, so that the order of adding them does not show.
        cast(sum(cast(coalesce(sessions.user_engaged_seconds, 0) as decimal(18, 6))) over last_28_days as double)
            as user_engaged_seconds_28d,
        coalesce(medians.session_count, 0) as timed_session_count,
        medians.median_session_seconds,
        earlier_medians.median_session_seconds as previous_median_session_seconds
    from activity
    left join sessions using (dimension, segment, activity_date)
    left join medians using (dimension, segment, activity_date)
    left join medians as earlier_medians
        on
            activity.dimension = earlier_medians.dimension
            and activity.segment = earlier_medians.segment
            and activity.activity_date = earlier_medians.activity_date + 28
    window
        last_28_days as (
            partition by activity.dimension, activity.segment
            order by activity.activity_date
            range between interval 27 days preceding and current row
        )
)

select
    dimension,
    segment,
    activity_date,
    mau,
    session_count_28d,
    user_session_count_28d,
    single_event_session_count_28d,
    engaged_session_count_28d,
    user_engaged_seconds_28d,
    timed_session_count,
    median_session_seconds,
    previous_median_session_seconds
from windowed
where {{ in_rebuild_window('activity_date') }}
