{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

activity as (
    select * from {{ ref('fct_account_activity_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

usage as (
    select * from {{ ref('int_user_usage_summed_to_days') }}
    where not is_internal and {{ in_rebuild_window('activity_date', look_back=27) }}
),

deciles as (
    select * from {{ ref('int_cut_points_dated') }}
    where measure = 'core_events_28d'
),

summed as (
    select
        account_id,
        activity_date,
        sum(core_event_count) over last_28_days as core_events_28d,
        count(*) over last_28_days as day_count
    from activity
    window last_28_days as (
        partition by account_id
        order by activity_date
        rows between 27 preceding and current row
    )
),

-- People, not events: a client that sends much is not used more.
platform_days as (
    select
        account_id,
        platform,
        activity_date,
        count(distinct user_id) as user_count
    from usage
    group by account_id, platform, activity_date
),

account_platforms as (
    select distinct
        account_id,
        platform
    from platform_days
),

-- A row for every day, so that a platform fades out on days on which nobody uses it.
platform_sums as (
    select
        activity.account_id,
        activity.activity_date,
        account_platforms.platform,
        sum(platform_days.user_count) over (
            partition by activity.account_id, account_platforms.platform
            order by activity.activity_date
            range between interval 27 days preceding and current row
        ) as user_days_28d
    from activity
    inner join account_platforms using (account_id)
    left join platform_days using (account_id, platform, activity_date)
),

main_platforms as (
    select * from platform_sums
    where user_days_28d > 0
    qualify
        row_number() over (
            partition by account_id, activity_date
            order by user_days_28d desc, platform asc
        ) = 1
)

-- The cut points are frozen: an account does not change its decile because another one left. Days begin with the
-- first event and with the first service, so fewer than 28 of them are an unfinished window.
select
    summed.account_id,
    summed.activity_date,
    case
        when summed.day_count < 28 then 'unknown'
        else coalesce(lpad(cast(deciles.part_number as string), 2, '0'), 'unknown')
    end as usage_decile,
    main_platforms.platform as main_platform,
    cast(summed.core_events_28d as bigint) as core_events_28d
from summed
left join main_platforms using (account_id, activity_date)
left join deciles
    on
        summed.core_events_28d >= deciles.lower_bound
        and summed.core_events_28d < deciles.upper_bound
        and summed.activity_date >= deciles.valid_from
        and summed.activity_date < deciles.valid_to
where {{ in_rebuild_window('summed.activity_date') }}
