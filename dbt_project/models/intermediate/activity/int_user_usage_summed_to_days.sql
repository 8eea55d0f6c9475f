{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

events as (select * from {{ ref('int_events_identified') }} where {{ in_rebuild_window('activity_date') }})

-- The finest grain that anybody counts by, so that the events are read once. Users, features and platforms are counted
-- distinctly from it and never summed.
select
    account_id,
    user_id,
    platform,
    feature_id,
    activity_date,
    is_internal,
    count(*) as event_count,
    count(*) filter (where is_core) as core_event_count,
    count(*) filter (where is_login) as login_count,
    min(occurred_at) as first_active_at,
    max(occurred_at) as last_active_at,
    min(occurred_at) filter (where is_core) as first_core_at
from events
where
    is_activity
    and not is_bot
    and account_id is not null
    and user_id is not null
group by
    account_id,
    user_id,
    platform,
    feature_id,
    activity_date,
    is_internal
