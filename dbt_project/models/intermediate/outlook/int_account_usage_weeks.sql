{{ config(materialized='ephemeral') }}

with

account_days as (
    select * from {{ ref('fct_account_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=91) }}
),

-- A week belongs to the Monday after it, when it is over and known.
weeks as (
    select
        account_id,
        cast(date_trunc('week', activity_date) as date) + 7 as snapshot_date,
        sum(core_event_count) as core_events,
        count(core_event_count) as counted_days,
        count(case when active_user_count > 0 then 1 end) as active_days
    from account_days
    group by account_id, cast(date_trunc('week', activity_date) as date)
)

select
    account_id,
    snapshot_date,
    cast(case when counted_days = 7 then core_events end as double) as core_events_7d,
    cast(case when sum(counted_days) over weeks_4 = 28 then sum(core_events) over weeks_4 end as double)
        as core_events_28d,
    cast(case when sum(counted_days) over weeks_12 = 84 then sum(core_events) over weeks_12 end as double)
        as core_events_84d,
    cast(case when sum(counted_days) over weeks_8 = 56 then sum(active_days) over weeks_8 end as double)
        as active_days_56d,
    cast(case when sum(counted_days) over weeks_12 = 84 then sum(active_days) over weeks_12 end as double)
        as active_days_84d
from weeks
window
    weeks_4 as (
        partition by account_id order by snapshot_date range between interval 21 days preceding and current row
    ),
    weeks_8 as (
        partition by account_id order by snapshot_date range between interval 49 days preceding and current row
    ),
    weeks_12 as (
        partition by account_id order by snapshot_date range between interval 77 days preceding and current row
    )
