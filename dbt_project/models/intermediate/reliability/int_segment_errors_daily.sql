{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

activity as (
    select * from {{ ref('int_session_segments_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date', look_back=27) }}
),

session_errors as (select * from {{ ref('int_session_errors_daily') }}),

affected_users as (select * from {{ ref('int_affected_users_daily') }}),

daily as (
    select
        segments.dimension,
        {{ segment_of_session('session_errors.platform') }} as segment,
        segments.activity_date,
        sum(session_errors.session_count) as session_count,
        sum(session_errors.error_session_count) as error_session_count,
        sum(session_errors.crashed_session_count) as crashed_session_count,
        sum(session_errors.visible_error_count) as visible_error_count,
        sum(cast(session_errors.engaged_seconds as decimal(18, 6))) as engaged_seconds
    from session_errors
    inner join segments using (account_id, activity_date)
    group by
        segments.dimension, {{ segment_of_session('session_errors.platform') }}, segments.activity_date
),

windowed as (
    select
        activity.dimension,
        activity.segment,
        activity.activity_date,
        activity.mau,
        coalesce(affected_users.affected_user_count_28d, 0) as affected_user_count_28d,
        cast(sum(coalesce(daily.session_count, 0)) over last_28_days as bigint) as session_count_28d,
        cast(sum(coalesce(daily.error_session_count, 0)) over last_28_days as bigint) as error_session_count_28d,
        cast(sum(coalesce(daily.crashed_session_count, 0)) over last_28_days as bigint) as crashed_session_count_28d,
        cast(sum(coalesce(daily.visible_error_count, 0)) over last_28_days as bigint) as visible_error_count_28d,
        cast(sum(coalesce(daily.engaged_seconds, 0)) over last_28_days as double) as engaged_seconds_28d
    from activity
    left join daily using (dimension, segment, activity_date)
    left join affected_users using (dimension, segment, activity_date)
    window last_28_days as (
        partition by activity.dimension, activity.segment
        order by activity.activity_date
        range between interval 27 days preceding and current row
    )
)

select * from windowed
where {{ in_rebuild_window('activity_date') }}
