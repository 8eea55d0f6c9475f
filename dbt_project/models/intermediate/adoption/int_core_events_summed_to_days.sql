{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

events as (select * from {{ ref('int_events_identified') }})

-- Core events that name no feature are value too.
select
    account_id,
    activity_date,
    count(*) as core_event_count,
    min(occurred_at) as first_core_at
from events
where
    is_activity
    and is_core
    and not is_bot
    and not is_internal
    and account_id is not null
    and user_id is not null
    and {{ in_rebuild_window('activity_date') }}
group by account_id, activity_date
