{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=55) }}
),

active_users as (
    select * from {{ ref('int_active_users_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=55) }}
),

activity as (
    select * from {{ ref('fct_account_activity_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=55) }}
),

subscription_days as (
    select * from {{ ref('fct_subscriptions_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=55) }}
),

dates as (select * from {{ ref('int_days_spined') }}),

summed as (
    select
        segments.dimension,
        segments.segment,
        segments.activity_date,
        sum(activity.core_event_count) as core_event_count,
        sum(activity.login_count) as login_count,
        sum(subscription_days.seat_count) as seat_count,
        count(*) filter (where subscription_days.seat_count is null) as accounts_without_seats,
        count(*) filter (where activity.is_active) as active_account_count
    from segments
    inner join activity using (account_id, activity_date)
    inner join subscription_days using (account_id, activity_date)
    group by segments.dimension, segments.segment, segments.activity_date
),

daily as (
    select
        active_users.*,
        dates.is_working_day,
        summed.core_event_count,
        summed.login_count,
        summed.seat_count,
        summed.accounts_without_seats,
        summed.active_account_count
    from active_users
    inner join summed using (dimension, segment, activity_date)
    inner join dates on active_users.activity_date = dates.date_day
)

select
    dimension,
    segment,
    activity_date,
    account_count,
    cast(active_account_count as bigint) as active_account_count,
    dau,
    wau,
    mau,
    cast(sum(dau) over last_28_days as bigint) as user_days_28d,
    cast(sum(case when is_working_day then dau else 0 end) over last_28_days as bigint) as working_user_days_28d,
    cast(sum(case when is_working_day then 1 else 0 end) over last_28_days as bigint) as working_days_28d,
    cast(sum(core_event_count) over last_28_days as bigint) as core_events_28d,
    cast(sum(core_event_count) over previous_28_days as bigint) as core_events_previous_28d,
    cast(sum(login_count) over last_28_days as bigint) as logins_28d,
    cast(seat_count as bigint) as seat_count,
    cast(accounts_without_seats as bigint) as accounts_without_seats,
    cast(count(*) over last_28_days as bigint) as days_in_window,
    cast(count(*) over last_28_days + count(*) over previous_28_days as bigint) as days_in_two_windows
from daily
window
    last_28_days as (
        partition by dimension, segment
        order by activity_date
        range between interval 27 days preceding and current row
    ),
    previous_28_days as (
        partition by dimension, segment
        order by activity_date
        range between interval 55 days preceding and interval 28 days preceding
    )
qualify {{ in_rebuild_window('activity_date') }}
