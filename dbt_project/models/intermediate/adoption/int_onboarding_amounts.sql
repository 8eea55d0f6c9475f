{{ config(materialized='ephemeral') }}

with

starts as (select * from {{ ref('int_account_starts') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

usage as (select * from {{ ref('fct_feature_usage_daily') }}),

features as (select * from {{ ref('dim_features') }}),

people as (
    select
        user_days.account_id,
        user_days.activity_date,
        user_days.core_event_count,
        row_number() over (
            partition by user_days.account_id, user_days.user_id
            order by user_days.activity_date
        ) as active_day_number
    from user_days
    inner join starts on user_days.account_id = starts.account_id and user_days.activity_date >= starts.served_from
    where not user_days.is_internal
),

feature_days as (
    select
        usage.account_id,
        usage.feature_id,
        usage.activity_date,
        usage.core_event_count,
        row_number() over (
            partition by usage.account_id, usage.feature_id
            order by usage.activity_date
        ) as use_number
    from usage
    inner join starts on usage.account_id = starts.account_id and usage.activity_date >= starts.served_from
    inner join features on usage.feature_id = features.feature_id
    where usage.core_event_count > 0 and features.is_core
)

select
    account_id,
    'core_events' as measure,
    'any' as subject,
    activity_date,
    cast(sum(core_event_count) as bigint) as amount
from people
group by account_id, activity_date
union all
select
    account_id,
    'active_users',
    'any',
    activity_date,
    count(*)
from people
where active_day_number = 1
group by account_id, activity_date
union all
select
    account_id,
    'feature_core_events',
    feature_id,
    activity_date,
    core_event_count
from feature_days
union all
select
    account_id,
    'core_features',
    'any',
    activity_date,
    count(*)
from feature_days
where use_number = 1
group by account_id, activity_date
