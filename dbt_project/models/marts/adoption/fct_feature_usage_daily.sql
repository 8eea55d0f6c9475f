{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

usage as (select * from {{ ref('int_feature_usage_summed_to_days') }} where {{ in_rebuild_window('activity_date') }})

select
    account_id,
    feature_id,
    activity_date,
    event_count,
    core_event_count,
    user_count,
    core_user_count
from usage
