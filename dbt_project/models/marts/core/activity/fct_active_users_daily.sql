{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

segments as (select * from {{ ref('fct_account_segments_daily') }} where {{ is_rebuilt('activity_date') }}),

active_days as (select * from {{ ref('fct_active_user_days') }} where {{ is_rebuilt('activity_date', look_back=27) }}),

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
        count(*) as active_now,
        count(*) filter (where coalesce(days_since_previous, 7) >= 7) as weekly_change,
        count(*) filter (where coalesce(days_since_previous, 28) >= 28) as monthly_change
    from user_days
    group by dimension, segment, activity_date

    union all

    select
        dimension,
        segment,
        activity_date + 7 as change_date,
        0 as active_now,
        -count(*) as weekly_change,
        0 as monthly_change
    from user_days
    where coalesce(days_until_next, 7) >= 7
    group by dimension, segment, activity_date + 7

    union all

    select
        dimension,
        segment,
        activity_date + 28 as change_date,
        0 as active_now,
        0 as weekly_change,
        -count(*) as monthly_change
    from user_days
    where coalesce(days_until_next, 28) >= 28
    group by dimension, segment, activity_date + 28
),

segment_days as (
    select
        dimension,
        segment,
        activity_date as change_date,
        count(*) as account_count
    from segments
    group by dimension, segment, activity_date
),

-- Days on which the segment had nobody carry the running counts over and are dropped at the end.
summed as (
    select
        dimension,
        segment,
        change_date,
        sum(active_now) as active_now,
        sum(weekly_change) as weekly_change,
        sum(monthly_change) as monthly_change,
        sum(account_count) as account_count
    from (
        select
            dimension,
            segment,
            change_date,
            active_now,
            weekly_change,
            monthly_change,
            0 as account_count
        from changes
        union all
        select
            dimension,
            segment,
            change_date,
            0,
            0,
            0,
            account_count
        from segment_days
    ) as contributions
    group by dimension, segment, change_date
),

running as (
    select
        dimension,
        segment,
        change_date as activity_date,
        account_count,
        active_now as dau,
        sum(weekly_change) over segment_history as wau,
        sum(monthly_change) over segment_history as mau
    from summed
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
where account_count > 0 and {{ is_rebuilt('activity_date') }}
