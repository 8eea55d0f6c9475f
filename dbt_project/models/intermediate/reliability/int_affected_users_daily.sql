{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date', look_back=28) }}
),

segment_days as (
    select * from {{ ref('int_session_segments_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=28) }}
),

errors as (
    select * from {{ ref('fct_errors_in_sessions') }}
    where is_user_visible
),

user_days as (
    select distinct
        segments.dimension,
        {{ segment_of_session('errors.platform') }} as segment,
        errors.user_id,
        errors.activity_date
    from errors
    inner join segments using (account_id, activity_date)
),

spaced as (
    select
        *,
        {{ days_between('lag(activity_date) over user_history', 'activity_date') }} as days_since_previous,
        {{ days_between('activity_date', 'lead(activity_date) over user_history') }} as days_until_next
    from user_days
    window user_history as (partition by dimension, segment, user_id order by activity_date)
),

-- A user is among the affected from a day with an error until 28 days after the last that follows within 28 days.
changes as (
    select
        dimension,
        segment,
        activity_date as change_date,
        1 as user_change
    from spaced
    where coalesce(days_since_previous, 28) >= 28
    union all
    select
        dimension,
        segment,
        activity_date + 28,
        -1
    from spaced
    where coalesce(days_until_next, 28) >= 28
    union all
    select
        dimension,
        segment,
        activity_date,
        0
    from segment_days
),

summed as (
    select
        dimension,
        segment,
        change_date,
        sum(user_change) as user_change
    from changes
    group by dimension, segment, change_date
),

counted as (
    select
        dimension,
        segment,
        change_date as activity_date,
        cast(
            sum(user_change) over (
                partition by dimension, segment
                order by change_date
                rows between unbounded preceding and current row
            ) as bigint
        ) as affected_user_count_28d
    from summed
)

select * from counted
where {{ in_rebuild_window('activity_date') }}
