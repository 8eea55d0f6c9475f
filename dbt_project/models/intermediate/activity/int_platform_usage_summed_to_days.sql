{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

user_platforms as (select * from {{ ref('int_user_platforms_summed_to_days') }})

-- People, not events: a client that sends much is not used more.
select
    account_id,
    platform,
    activity_date,
    count(*) as active_user_count
from user_platforms
where {{ in_rebuild_window('activity_date') }}
group by account_id, platform, activity_date
