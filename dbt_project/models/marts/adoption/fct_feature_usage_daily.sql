{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

usage as (select * from {{ ref('int_user_usage_summed_to_days') }} where {{ in_rebuild_window('activity_date') }})

select
    account_id,
    feature_id,
    activity_date,
    cast(sum(event_count) as bigint) as event_count,
    cast(sum(core_event_count) as bigint) as core_event_count,
    count(distinct user_id) as user_count,
    count(distinct user_id) filter (where core_event_count > 0) as core_user_count
from usage
where not is_internal and feature_id is not null
group by account_id, feature_id, activity_date
