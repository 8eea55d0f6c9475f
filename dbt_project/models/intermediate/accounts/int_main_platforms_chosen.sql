{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

account_days as (select * from {{ ref('int_account_days_spined') }}),

platform_days as (select * from {{ ref('int_platform_usage_summed_to_days') }}),

recent as (
    select * from platform_days
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

account_platforms as (
    select distinct
        account_id,
        platform
    from recent
),

-- A row for every day, so that a platform fades out on days on which nobody uses it.
summed as (
    select
        account_days.account_id,
        account_days.activity_date,
        account_platforms.platform,
        sum(recent.active_user_count) over last_28_days as user_days_28d
    from account_days
    inner join account_platforms using (account_id)
    left join recent using (account_id, platform, activity_date)
    where {{ in_rebuild_window('account_days.activity_date', look_back=27) }}
    window last_28_days as (
        partition by account_days.account_id, account_platforms.platform
        order by account_days.activity_date
        range between interval 27 days preceding and current row
    )
)

select
    account_id,
    activity_date,
    platform as main_platform
from summed
where
    user_days_28d > 0
    and {{ in_rebuild_window('activity_date') }}
qualify
    row_number() over (
        partition by account_id, activity_date
        order by user_days_28d desc, platform asc
    ) = 1
