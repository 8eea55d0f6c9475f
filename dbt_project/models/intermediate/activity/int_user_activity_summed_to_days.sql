{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

events as (select * from {{ ref('int_events_identified') }} where {{ in_rebuild_window('activity_date') }})

select
    account_id,
    user_id,
    activity_date,
    count(*) as event_count,
    count(*) filter (where is_core) as core_event_count,
    count(*) filter (where is_login) as login_count,
    count(distinct feature_id) as feature_count,
    bool_or(is_internal) as is_internal,
    min(occurred_at) as first_active_at,
    max(occurred_at) as last_active_at
from events
where
    is_activity
    and not is_bot
    and account_id is not null
    and user_id is not null
group by
    account_id,
    user_id,
    activity_date
