with

features as (select * from {{ ref('dim_features') }}),

entitlements as (select * from {{ ref('fct_feature_entitlements') }}),

audiences as (select * from {{ ref('fct_segment_audiences_daily') }}),

dates as (select * from {{ ref('dim_dates') }}),

habits as (select * from {{ ref('fct_segment_habits_daily') }}),

adoption as (select * from {{ ref('fct_feature_adoption_daily') }}),

depth as (select * from {{ ref('fct_feature_depth_daily') }}),

-- Who can reach a feature depends on what the catalogue says of plans, roles and platforms: features alike are counted.
offers as (
    select
        features.plans,
        entitlements.*
    from entitlements
    inner join features using (feature_id)
),

kinds as (
    select
        offers.plan_id,
        offers.plans,
        offers.roles,
        offers.platforms,
        dates.date_day as activity_date,
        count(*) as feature_count
    from offers
    inner join dates on offers.first_date <= dates.date_day and offers.end_date > dates.date_day
    group by offers.plan_id, offers.plans, offers.roles, offers.platforms, dates.date_day
),

eligible as (
    select
        audiences.dimension,
        audiences.segment,
        audiences.activity_date,
        max(kinds.feature_count) as feature_count,
        sum(audiences.account_count) filter (where audiences.role = 'any') as account_count,
        {%- for kind in ['active', 'provisioned'] %}
            sum(audiences.{{ kind }}_user_count) filter (where (kinds.roles is null) = (audiences.role = 'any'))
                as {{ kind }}_user_count{{ ',' if not loop.last }}
        {%- endfor %}
    from audiences
    inner join kinds
        on
            audiences.activity_date = kinds.activity_date
            and audiences.plan_id = kinds.plan_id
            and audiences.platforms = coalesce(kinds.platforms, 'any')
            and (audiences.role = 'any' or '|' || kinds.roles || '|' like '%|' || audiences.role || '|%')
    group by
        audiences.dimension, audiences.segment, audiences.activity_date, kinds.plans, kinds.roles, kinds.platforms
),

reached as (
    select
        dimension,
        segment,
        activity_date,
        sum(feature_count * account_count) as eligible_account_features,
        sum(feature_count * active_user_count) as eligible_active_user_features,
        sum(feature_count * provisioned_user_count) as eligible_provisioned_user_features
    from eligible
    where account_count > 0
    group by dimension, segment, activity_date
),

pooled as (
    select
        adoption.dimension,
        adoption.segment,
        adoption.activity_date,
        sum(adoption.adopting_account_count) as adopting_account_features,
        sum(adoption.adopting_user_count) as adopting_user_features,
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
