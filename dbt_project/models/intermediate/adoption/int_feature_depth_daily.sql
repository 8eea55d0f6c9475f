{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

usage as (
    select * from {{ ref('fct_feature_usage_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

adoption as (
    select * from {{ ref('fct_feature_adoption_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

daily as (
    select
        usage.feature_id,
        segments.dimension,
        segments.segment,
        usage.activity_date,
        sum(usage.core_event_count) as core_event_count,
        sum(usage.core_user_count) as core_user_days
    from usage
    inner join subscription_days using (account_id, activity_date)
    inner join entitlements
        on
            usage.feature_id = entitlements.feature_id
            and coalesce(subscription_days.plan_id, 'unknown') = entitlements.plan_id
            and usage.activity_date >= entitlements.first_date
            and usage.activity_date < entitlements.end_date
    inner join segments using (account_id, activity_date)
    where usage.core_event_count > 0 and segments.dimension != 'account'
    group by usage.feature_id, segments.dimension, segments.segment, usage.activity_date
),

-- Days on which nobody used the feature stay in, so that a window runs out.
windowed as (
    select
        adoption.feature_id,
        adoption.dimension,
        adoption.segment,
        adoption.activity_date,
        cast(sum(coalesce(daily.core_event_count, 0)) over last_28_days as bigint) as core_events_28d,
        cast(sum(coalesce(daily.core_user_days, 0)) over last_28_days as bigint) as core_user_days_28d
    from adoption
    left join daily using (feature_id, dimension, segment, activity_date)
    window last_28_days as (
        partition by adoption.feature_id, adoption.dimension, adoption.segment
        order by adoption.activity_date
        range between interval 27 days preceding and current row
    )
)

select * from windowed
where {{ in_rebuild_window('activity_date') }}
