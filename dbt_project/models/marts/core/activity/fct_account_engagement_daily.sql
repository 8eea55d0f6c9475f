{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

activity as (
    select * from {{ ref('fct_account_activity_daily') }}
    where {{ is_rebuilt('activity_date', look_back=179) }}
),

activity_before as (
    select * from {{ ref('fct_account_activity_daily') }}
    where not ({{ is_rebuilt('activity_date', look_back=179) }})
),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }} where {{ is_rebuilt('activity_date') }}),

segment_activity as (select * from {{ ref('fct_segment_activity_daily') }} where {{ is_rebuilt('activity_date') }}),

active_before as (
    select
        account_id,
        max(activity_date) as last_active_date
    from activity_before
    where is_active
    group by account_id
),

last_active_days as (
    select
        activity.account_id,
        activity.activity_date,
        activity.is_active,
        coalesce(
            max(case when activity.is_active then activity.activity_date end) over account_history,
            active_before.last_active_date
        ) as last_active_date,
        case when activity.is_active then activity.activity_date end as active_date,
        coalesce(
            max(case when activity.is_active then activity.activity_date end) over account_past,
            active_before.last_active_date
        ) as previous_active_date
    from activity
    left join active_before using (account_id)
    window
        account_history as (
            partition by activity.account_id
            order by activity.activity_date
            rows between unbounded preceding and current row
        ),
        account_past as (
            partition by activity.account_id
            order by activity.activity_date
            rows between unbounded preceding and 1 preceding
        )
),

gaps as (
    select
        account_id,
        activity_date,
        is_active,
        last_active_date,
        {{ days_between('previous_active_date', 'active_date') }} as gap_days
    from last_active_days
),

-- metrics.md 2.1: a gap ends with the active day after it; its usual size is the account's own.
rhythm as (
    select
        account_id,
        activity_date,
        last_active_date,
        count(case when is_active then 1 end) over last_28_days as active_days_28d,
        count(gap_days) over last_180_days as gap_count,
        {{ percentile('gap_days', 0.9) }} over last_180_days as usual_gap_days
    from gaps
    window
        last_28_days as (
            partition by account_id
            order by activity_date
            range between interval 27 days preceding and current row
        ),
        last_180_days as (
            partition by account_id
            order by activity_date
            range between interval 179 days preceding and current row
        )
)

select
    rhythm.account_id,
    rhythm.activity_date,
    subscription_days.tenure_days,
    subscription_days.seat_count,
    segment_activity.dau,
    segment_activity.wau,
    segment_activity.mau,
    segment_activity.user_days_28d,
    cast(rhythm.active_days_28d as bigint) as active_days_28d,
    segment_activity.core_events_28d,
    segment_activity.core_events_previous_28d,
    segment_activity.logins_28d,
    cast(
        {{ days_between('coalesce(rhythm.last_active_date, subscription_days.first_date)', 'rhythm.activity_date') }}
        as bigint
    ) as days_since_last_activity,
    rhythm.last_active_date is null as is_never_active,
    cast(rhythm.gap_count as bigint) as gap_count,
    cast(rhythm.usual_gap_days as double) as usual_gap_days,
    rhythm.last_active_date
from rhythm
inner join subscription_days using (account_id, activity_date)
inner join segment_activity
    on
        rhythm.account_id = segment_activity.segment
        and rhythm.activity_date = segment_activity.activity_date
where segment_activity.dimension = 'account'
