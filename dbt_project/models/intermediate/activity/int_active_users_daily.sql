{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (select * from {{ ref('fct_account_segments_daily') }} where {{ in_rebuild_window('activity_date') }}),

active_days as (
    select * from {{ ref('int_active_user_days') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

user_days as (
    select
        *,
        {{ days_between('lag(activity_date) over user_history', 'activity_date') }} as days_since_previous,
        {{ days_between('activity_date', 'lead(activity_date) over user_history') }} as days_until_next
    from active_days
    window user_history as (
        partition by dimension, segment, user_id
        order by activity_date
    )
),

-- A user is in the window from an active day until 7 (28) days after the last one that follows closely
-- enough: merged spans, so that every user counts once, without joining each day to its past 28.
changes as (
    select
        dimension,
        segment,
        activity_date as change_date,
        0 as account_count,
        1 as active_now,
        case when coalesce(days_since_previous, 7) >= 7 then 1 else 0 end as weekly_change,
        case when coalesce(days_since_previous, 28) >= 28 then 1 else 0 end as monthly_change
    from user_days

    {% for days, weekly_change, monthly_change in [(7, -1, 0), (28, 0, -1)] %}
        union all

        select
            dimension,
            segment,
            activity_date + {{ days }},
            0,
            0,
            {{ weekly_change }},
            {{ monthly_change }}
        from user_days
        where coalesce(days_until_next, {{ days }}) >= {{ days }}
    {% endfor %}

    union all

    select
        dimension,
        segment,
        activity_date,
        1,
        0,
        0,
        0
    from segments
),

-- Days on which the segment had nobody carry the running counts over and are dropped at the end.
running as (
    select
        dimension,
        segment,
        change_date as activity_date,
        sum(account_count) as account_count,
        sum(active_now) as dau,
        sum(sum(weekly_change)) over segment_history as wau,
        sum(sum(monthly_change)) over segment_history as mau
    from changes
    group by dimension, segment, change_date
    window segment_history as (
        partition by dimension, segment
        order by change_date
        rows between unbounded preceding and current row
    )
)

select
    dimension,
    segment,
    activity_date,
    cast(account_count as bigint) as account_count,
    cast(dau as bigint) as dau,
    cast(wau as bigint) as wau,
    cast(mau as bigint) as mau
from running
where account_count > 0 and {{ in_rebuild_window('activity_date') }}
