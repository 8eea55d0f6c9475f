{{ config(materialized='ephemeral') }}

with

usage as (select * from {{ ref('fct_feature_usage_daily') }} where core_event_count > 0),

segments as (select * from {{ ref('fct_account_segments_daily') }} where dimension != 'account'),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

reaches as (select * from {{ ref('int_segment_reaches_daily') }}),

-- Use beyond the plan of the day is use, and none of what was offered.
summed as (
    select
        usage.feature_id,
        segments.dimension,
        segments.segment,
        usage.activity_date,
        min(entitlements.reach) as reach,
        sum(case when entitlements.plan_id is not null then usage.core_event_count else 0 end) as core_event_count,
        sum(case when entitlements.plan_id is not null then usage.core_user_count else 0 end) as core_user_days
    from usage
    inner join segments using (account_id, activity_date)
    left join subscription_days using (account_id, activity_date)
    left join entitlements
        on
            usage.feature_id = entitlements.feature_id
            and coalesce(subscription_days.plan_id, 'unknown') = entitlements.plan_id
            and usage.activity_date >= entitlements.first_date
            and usage.activity_date < entitlements.end_date
    group by usage.feature_id, segments.dimension, segments.segment, usage.activity_date
)

-- What is done on a day on which nobody of the segment can reach the feature counts for nothing.
select
    summed.feature_id,
    summed.dimension,
    summed.segment,
    summed.activity_date,
    cast(case when reaches.reach is not null then summed.core_event_count else 0 end as bigint) as core_event_count,
    cast(case when reaches.reach is not null then summed.core_user_days else 0 end as bigint) as core_user_days
from summed
left join reaches using (reach, dimension, segment, activity_date)
