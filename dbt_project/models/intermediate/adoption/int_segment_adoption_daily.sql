with

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

reaches as (select * from {{ ref('int_segment_reaches_daily') }}),

dates as (select * from {{ ref('int_days_spined') }}),

habits as (select * from {{ ref('int_segment_habits_daily') }}),

adoption as (select * from {{ ref('fct_feature_adoption_daily') }}),

features as (
    select distinct
        feature_id,
        reach,
        first_date,
        end_date
    from entitlements
),

-- Features that the same people can reach are counted, in place of a row for each of them.
offered as (
    select
        features.reach,
        dates.date_day as activity_date,
        count(*) as feature_count
    from features
    inner join dates on features.first_date <= dates.date_day and features.end_date > dates.date_day
    group by features.reach, dates.date_day
),

reached as (
    select
        reaches.dimension,
        reaches.segment,
        reaches.activity_date,
        sum(offered.feature_count * reaches.account_count) as eligible_account_features,
        sum(offered.feature_count * reaches.active_user_count) as eligible_active_user_features,
        sum(offered.feature_count * reaches.provisioned_user_count) as eligible_provisioned_user_features
    from reaches
    inner join offered using (reach, activity_date)
    group by reaches.dimension, reaches.segment, reaches.activity_date
),

pooled as (
    select
        adoption.dimension,
        adoption.segment,
        adoption.activity_date,
        sum(adoption.adopting_account_count) as adopting_account_features,
        sum(adoption.adopting_user_count) as adopting_user_features,
        sum(adoption.adopting_member_count) as adopting_member_features,
        sum(adoption.core_events_28d) as core_events_28d,
        sum(adoption.core_user_days_28d) as core_user_feature_days_28d
    from adoption
    group by adoption.dimension, adoption.segment, adoption.activity_date
)

select
    habits.dimension,
    habits.segment,
    habits.activity_date,
    habits.account_count,
    habits.active_user_count,
    habits.provisioned_user_count,
    habits.habit_account_count,
    habits.habit_user_count,
    cast(coalesce(reached.eligible_account_features, 0) as bigint) as eligible_account_features,
    cast(coalesce(pooled.adopting_account_features, 0) as bigint) as adopting_account_features,
    cast(coalesce(reached.eligible_active_user_features, 0) as bigint) as eligible_active_user_features,
    cast(coalesce(pooled.adopting_user_features, 0) as bigint) as adopting_user_features,
    cast(coalesce(reached.eligible_provisioned_user_features, 0) as bigint) as eligible_provisioned_user_features,
    cast(coalesce(pooled.adopting_member_features, 0) as bigint) as adopting_member_features,
    cast(coalesce(pooled.core_events_28d, 0) as bigint) as core_events_28d,
    cast(coalesce(pooled.core_user_feature_days_28d, 0) as bigint) as core_user_feature_days_28d
from habits
left join reached using (dimension, segment, activity_date)
left join pooled using (dimension, segment, activity_date)
