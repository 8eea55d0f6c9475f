{{ config(materialized='ephemeral') }}

with

features as (select * from {{ ref('dim_features') }}),

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

usage as (select * from {{ ref('int_user_usage_summed_to_days') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

windows as (
    select
        features.feature_id,
        features.released_on,
        features.core_min_count,
        features.platforms,
        horizons.days_since_release,
        features.released_on + horizons.days_since_release - 1 as matures_on
    from features
    inner join coverage on coverage.source = 'product_events' and features.released_on >= coverage.first_date
    cross join (
        select 7 as days_since_release
        union all
        select 30
        union all
        select 90
    ) as horizons
    where features.is_core and features.is_release_known
),

-- Of a feature of some platforms: whom the window saw on others only.
out_of_reach as (
    select
        windows.feature_id,
        windows.days_since_release,
        usage.account_id,
        usage.user_id
    from windows
    inner join usage
        on windows.released_on <= usage.activity_date and windows.matures_on >= usage.activity_date
    inner join user_days using (account_id, user_id, activity_date)
    where user_days.is_in_population and usage.platform != 'unknown' and windows.platforms is not null
    group by
        windows.feature_id, windows.days_since_release, usage.account_id, usage.user_id
    having not bool_or('|' || windows.platforms || '|' like '%|' || usage.platform || '|%')
),

-- Eligible and active: whoever was active since the release on a day on which the plan offered the feature.
active as (
    select
        windows.feature_id,
        windows.days_since_release,
        user_days.account_id,
        user_days.user_id,
        sum(coalesce(usage.core_event_count, 0)) >= max(windows.core_min_count) as is_adopter
    from windows
    inner join user_days
        on windows.released_on <= user_days.activity_date and windows.matures_on >= user_days.activity_date
    inner join subscription_days
        on
            user_days.account_id = subscription_days.account_id
            and user_days.activity_date = subscription_days.activity_date
    inner join entitlements
        on
            windows.feature_id = entitlements.feature_id
            and coalesce(subscription_days.plan_id, 'unknown') = entitlements.plan_id
    left join usage
        on
            user_days.account_id = usage.account_id
            and user_days.user_id = usage.user_id
            and user_days.activity_date = usage.activity_date
            and windows.feature_id = usage.feature_id
    where user_days.is_in_population
    group by windows.feature_id, windows.days_since_release, user_days.account_id, user_days.user_id
),

counted as (
    select
        feature_id,
        days_since_release,
        count(*) as eligible_active_user_count,
        count(*) filter (where active.is_adopter) as adopting_user_count,
        count(distinct active.account_id) as eligible_account_count,
        count(distinct case when active.is_adopter then active.account_id end) as adopting_account_count
    from active
    left join out_of_reach using (feature_id, days_since_release, account_id, user_id)
    where out_of_reach.user_id is null
    group by feature_id, days_since_release
)

-- A window that is still running has no share yet.
select
    windows.feature_id,
    cast(windows.days_since_release as integer) as days_since_release,
    windows.released_on,
    windows.matures_on,
    counted.eligible_active_user_count,
    counted.adopting_user_count,
    counted.eligible_account_count,
    counted.adopting_account_count
from windows
inner join parameters on windows.matures_on <= parameters.as_of_date
left join counted using (feature_id, days_since_release)
