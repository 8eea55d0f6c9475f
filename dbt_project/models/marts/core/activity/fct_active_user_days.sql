{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

segments as (select * from {{ ref('fct_account_segments_daily') }} where {{ is_rebuilt('activity_date') }}),

user_activity as (select * from {{ ref('fct_user_activity_daily') }} where {{ is_rebuilt('activity_date') }})

select distinct
    segments.dimension,
    segments.segment,
    user_activity.user_id,
    user_activity.activity_date
from user_activity
inner join segments using (account_id, activity_date)
where user_activity.is_in_population
