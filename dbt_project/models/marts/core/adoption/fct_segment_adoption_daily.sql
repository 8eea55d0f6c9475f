with

habits as (select * from {{ ref('fct_segment_habits_daily') }}),

adoption as (select * from {{ ref('fct_feature_adoption_daily') }}),

depth as (select * from {{ ref('fct_feature_depth_daily') }}),

pooled as (
    select
        adoption.dimension,
        adoption.segment,
        adoption.activity_date,
        sum(adoption.eligible_account_count) as eligible_account_features,
        sum(adoption.adopting_account_count) as adopting_account_features,
        sum(adoption.eligible_active_user_count) as eligible_active_user_features,
        sum(adoption.adopting_user_count) as adopting_user_features,
        sum(adoption.eligible_provisioned_user_count) as eligible_provisioned_user_features,
        sum(adoption.adopting_member_count) as adopting_member_features,
        sum(depth.core_events_28d) as core_events_28d,
        sum(depth.core_user_days_28d) as core_user_feature_days_28d
    from adoption
    inner join depth using (feature_id, dimension, segment, activity_date)
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
    cast(coalesce(pooled.eligible_account_features, 0) as bigint) as eligible_account_features,
    cast(coalesce(pooled.adopting_account_features, 0) as bigint) as adopting_account_features,
    cast(coalesce(pooled.eligible_active_user_features, 0) as bigint) as eligible_active_user_features,
    cast(coalesce(pooled.adopting_user_features, 0) as bigint) as adopting_user_features,
    cast(coalesce(pooled.eligible_provisioned_user_features, 0) as bigint) as eligible_provisioned_user_features,
    cast(coalesce(pooled.adopting_member_features, 0) as bigint) as adopting_member_features,
    cast(coalesce(pooled.core_events_28d, 0) as bigint) as core_events_28d,
    cast(coalesce(pooled.core_user_feature_days_28d, 0) as bigint) as core_user_feature_days_28d
from habits
left join pooled using (dimension, segment, activity_date)
