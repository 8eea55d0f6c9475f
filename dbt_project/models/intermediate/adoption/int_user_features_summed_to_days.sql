{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

events as (select * from {{ ref('int_events_identified') }})

select
    account_id,
    user_id,
    feature_id,
    activity_date,
    count(*) as event_count,
    count(*) filter (where is_core) as core_event_count
from events
where
    is_activity
    and not is_bot
    and not is_internal
    and account_id is not null
    and user_id is not null
    and feature_id is not null
    and {{ in_rebuild_window('activity_date') }}
group by
    account_id,
    user_id,
    feature_id,
    activity_date
