{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

role_days as (select * from {{ ref('int_role_days') }} where {{ in_rebuild_window('activity_date', look_back=27) }}),

account_days as (
    select * from {{ ref('int_account_days_spined') }}
    where {{ in_rebuild_window('activity_date') }}
),

neighbours as (
    select
        account_id,
        role,
        activity_date,
        {{ days_between('lag(activity_date) over role_history', 'activity_date') }} as days_since_previous,
        {{ days_between('activity_date', 'lead(activity_date) over role_history') }} as days_until_next
    from role_days
    window role_history as (
        partition by account_id, role
        order by activity_date
    )
),

-- The merged spans of int_active_users_daily, for roles in place of users.
changes as (
    select
        account_id,
        activity_date,
        0 as is_account_day,
        1 as role_change,
        0 as champion_change
    from neighbours
    where coalesce(days_since_previous, 28) >= 28 and role != 'champion'
    union all
    select
        account_id,
        activity_date + 28,
        0,
        -1,
        0
    from neighbours
    where coalesce(days_until_next, 28) >= 28 and role != 'champion'
    union all
    select
        account_id,
        activity_date,
        0,
        0,
        1
    from neighbours
    where coalesce(days_since_previous, 14) >= 14 and role = 'champion'
    union all
    select
        account_id,
        activity_date + 14,
        0,
        0,
        -1
    from neighbours
    where coalesce(days_until_next, 14) >= 14 and role = 'champion'
    union all
    select
        account_id,
        activity_date,
        1,
        0,
        0
    from account_days
),

-- Who was active before the first day of an account, or in a gap of its days, began to be so on no day of it: such days
-- carry the running counts over and are dropped at the end.
running as (
    select
        account_id,
        activity_date,
        max(is_account_day) = 1 as is_account_day,
        cast(sum(sum(role_change)) over account_history as bigint) as active_role_count,
        sum(sum(champion_change)) over account_history > 0 as has_active_champion
    from changes
    group by account_id, activity_date
    window account_history as (
        partition by account_id
        order by activity_date
        rows between unbounded preceding and current row
    )
)

select
    account_id,
    activity_date,
    active_role_count,
    has_active_champion
from running
where is_account_day and {{ in_rebuild_window('activity_date') }}
