with

features as (select * from {{ ref('dim_features') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

plan_ids as (
    select distinct coalesce(plan_id, 'unknown') as plan_id
    from subscription_days
)

-- A feature can be asked of a plan from its release, and not before anybody's use shows that it is recorded.
select
    features.feature_id,
    plan_ids.plan_id,
    features.roles,
    features.platforms,
    coalesce(features.plans, 'any') || ';' || coalesce(features.roles, 'any')
    || ';' || coalesce(features.platforms, 'any') as reach,
    features.core_min_count,
    cast(features.importance as decimal(18, 6)) as importance,
    case when features.is_release_known then features.released_on else date '0001-01-01' end as offered_from,
    greatest(features.released_on, features.first_used_date) as first_date,
    coalesce(features.retired_on, date '9999-12-31') as end_date
from features
inner join plan_ids
    on
        features.plans is null
        or '|' || features.plans || '|' like '%|' || plan_ids.plan_id || '|%'
where features.is_core and features.first_used_date is not null
