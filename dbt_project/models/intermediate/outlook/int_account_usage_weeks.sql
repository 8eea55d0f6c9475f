{{ config(materialized='ephemeral') }}

with

account_days as (
    select
        account_id,
        activity_date,
        cast(date_trunc('week', activity_date) as date) + 7 as snapshot_date,
        core_event_count,
        active_user_count > 0 as is_active,
        max(case when active_user_count > 0 then activity_date end) over weeks_of_days as last_active_date
    from {{ ref('fct_account_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=371) }}
    window weeks_of_days as (partition by account_id, cast(date_trunc('week', activity_date) as date))
),

-- A week belongs to the Monday after it, when it is over and known.
weeks as (
    select
        account_id,
        snapshot_date,
        cast(sum(core_event_count) as double) as core_events,
        cast(count(core_event_count) as double) as known_days,
        cast(count(case when is_active then 1 end) as double) as active_days,
        cast(count(case when activity_date > last_active_date then core_event_count end) as double) as known_days_after
    from account_days
    group by account_id, snapshot_date
),

so_far as (
    select
        *,
        sum(known_days) over account_weeks as known_days_so_far
    from weeks
    window account_weeks as (partition by account_id order by snapshot_date)
)

-- Of a day of which nobody knows nothing is said: levels are shares of the known days, sums are those of as many days
-- as known ones have, where three of four are known, and silence is counted in known days.
select
    account_id,
    snapshot_date,
    case when known_days >= 5 then 7 * core_events / known_days end as core_events_7d,
    case
        when sum(known_days) over weeks_4 >= 21
            then 28 * sum(core_events) over weeks_4 / sum(known_days) over weeks_4
    end as core_events_28d,
    case
        when sum(known_days) over weeks_12 - sum(known_days) over weeks_4 >= 42
            then
                28 * (sum(core_events) over weeks_12 - sum(core_events) over weeks_4)
                / (sum(known_days) over weeks_12 - sum(known_days) over weeks_4)
    end as core_events_28d_before,
    sum(active_days) over weeks_4 as active_days_28d,
    nullif(sum(known_days) over weeks_4, 0) as known_days_28d,
    sum(active_days) over weeks_8 as active_days_56d,
    nullif(sum(known_days) over weeks_8, 0) as known_days_56d,
    sum(active_days) over weeks_12 as active_days_84d,
    nullif(sum(known_days) over weeks_12, 0) as known_days_84d,
    sum(active_days) over weeks_52 as active_days_364d,
    nullif(sum(known_days) over weeks_52, 0) as known_days_364d,
    coalesce(
        known_days_so_far - max(case when active_days > 0 then known_days_so_far - known_days_after end) over weeks_52,
        nullif(sum(known_days) over weeks_52, 0)
    ) as known_days_since_activity
from so_far
window
    weeks_4 as (
        partition by account_id order by snapshot_date range between interval 21 days preceding and current row
    ),
    weeks_8 as (
        partition by account_id order by snapshot_date range between interval 49 days preceding and current row
    ),
    weeks_12 as (
        partition by account_id order by snapshot_date range between interval 77 days preceding and current row
    ),
    weeks_52 as (
        partition by account_id order by snapshot_date range between interval 357 days preceding and current row
    )
