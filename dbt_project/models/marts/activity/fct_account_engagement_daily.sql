{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

rhythms as (select * from {{ ref('int_account_rhythms_daily') }} where {{ in_rebuild_window('activity_date') }}),

subscription_days as (
    select * from {{ ref('fct_subscriptions_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

segment_activity as (
    select * from {{ ref('int_segment_activity_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

known_since as (select min(activity_date) as first_date from {{ ref('fct_account_activity_daily') }})

-- Before the first day of the usage log nothing is known, so no silence is counted from then.
select
    rhythms.account_id,
    rhythms.activity_date,
    subscription_days.tenure_days,
    subscription_days.seat_count,
    segment_activity.dau,
    segment_activity.wau,
    segment_activity.mau,
    segment_activity.user_days_28d,
    rhythms.active_days_28d,
    rhythms.active_days_90d,
    segment_activity.core_events_28d,
    segment_activity.core_events_previous_28d,
    segment_activity.logins_28d,
    cast(
        {{ days_between(
            'coalesce(rhythms.last_active_date, greatest(subscription_days.first_date, known_since.first_date))',
            'rhythms.activity_date'
        ) }} as bigint
    ) as days_since_last_activity,
    rhythms.last_active_date is null as is_never_active,
    rhythms.gap_count,
    rhythms.usual_gap_days,
    rhythms.last_active_date
from rhythms
cross join known_since
inner join subscription_days using (account_id, activity_date)
inner join segment_activity
    on
        rhythms.account_id = segment_activity.segment
        and rhythms.activity_date = segment_activity.activity_date
where segment_activity.dimension = 'account'
