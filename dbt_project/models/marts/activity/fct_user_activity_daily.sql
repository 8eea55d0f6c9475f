{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

usage as (select * from {{ ref('int_user_usage_summed_to_days') }} where {{ in_rebuild_window('activity_date') }}),

subscription_days as (
    select * from {{ ref('fct_subscriptions_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

-- Before the first login or feature that an event tells nobody knows whether there was none.
told as (
    select
        min(first_date) filter (where source = 'product_logins') as logins_from,
        min(first_date) filter (where source = 'product_features') as features_from
    from {{ ref('dim_source_coverage') }}
),

user_days as (
    select
        account_id,
        user_id,
        activity_date,
        cast(sum(event_count) as bigint) as event_count,
        cast(sum(core_event_count) as bigint) as core_event_count,
        cast(sum(login_count) as bigint) as login_count,
        count(distinct feature_id) as feature_count,
        bool_or(is_internal) as is_internal,
        min(first_active_at) as first_active_at,
        max(last_active_at) as last_active_at
    from usage
    group by account_id, user_id, activity_date
)

select
    user_days.account_id,
    user_days.user_id,
    user_days.activity_date,
    user_days.event_count,
    user_days.core_event_count,
    case when told.logins_from <= user_days.activity_date then user_days.login_count end as login_count,
    case when told.features_from <= user_days.activity_date then user_days.feature_count end as feature_count,
    user_days.is_internal,
    not user_days.is_internal and coalesce(subscription_days.is_customer, false) as is_in_population,
    user_days.first_active_at,
    user_days.last_active_at
from user_days
cross join told
left join subscription_days using (account_id, activity_date)
