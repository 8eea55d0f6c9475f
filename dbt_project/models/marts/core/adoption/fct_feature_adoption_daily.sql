{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

audiences as (
    select * from {{ ref('fct_segment_audiences_daily') }}
    where {{ is_rebuilt('activity_date') }}
),

entitlements as (select * from {{ ref('fct_feature_entitlements') }}),

changes as (select * from {{ ref('fct_adopter_changes') }}),

-- A feature without named roles or platforms is for everybody in the account, any other for those whom it names.
eligible as (
    select
        entitlements.feature_id,
        audiences.dimension,
        audiences.segment,
        audiences.activity_date,
        sum(audiences.account_count) filter (where audiences.role = 'any') as eligible_account_count,
        sum(audiences.active_user_count) filter (
            where (entitlements.roles is null) = (audiences.role = 'any')
        ) as eligible_active_user_count,
        sum(audiences.provisioned_user_count) filter (
            where (entitlements.roles is null) = (audiences.role = 'any')
        ) as eligible_provisioned_user_count
    from audiences
    inner join entitlements
        on
            audiences.plan_id = entitlements.plan_id
            and audiences.platforms = coalesce(entitlements.platforms, 'any')
            and audiences.activity_date >= entitlements.first_date
            and audiences.activity_date < entitlements.end_date
            and (
                audiences.role = 'any'
                or '|' || entitlements.roles || '|' like '%|' || audiences.role || '|%'
            )
    group by entitlements.feature_id, audiences.dimension, audiences.segment, audiences.activity_date
),

-- Changes on days without anybody eligible carry the running counts over and are dropped at the end.
contributions as (
    select
        feature_id,
        dimension,
        segment,
        activity_date,
        eligible_account_count,
        eligible_active_user_count,
        eligible_provisioned_user_count,
        0 as user_change,
        0 as member_change,
        0 as account_change
    from eligible
    union all
    select
        feature_id,
        dimension,
        segment,
        change_date,
        0,
        0,
        0,
        case when adopter = 'user' then span_change else 0 end,
        case when adopter = 'member' then span_change else 0 end,
        case when adopter = 'account' then span_change else 0 end
    from changes
),

running as (
    select
        feature_id,
        dimension,
        segment,
        activity_date,
        sum(coalesce(eligible_account_count, 0)) as eligible_account_count,
        sum(coalesce(eligible_active_user_count, 0)) as eligible_active_user_count,
        sum(coalesce(eligible_provisioned_user_count, 0)) as eligible_provisioned_user_count,
        sum(sum(user_change)) over feature_history as adopting_user_count,
        sum(sum(member_change)) over feature_history as adopting_member_count,
        sum(sum(account_change)) over feature_history as adopting_account_count
    from contributions
    group by feature_id, dimension, segment, activity_date
    window feature_history as (
        partition by feature_id, dimension, segment
        order by activity_date
        rows between unbounded preceding and current row
    )
)

select
    feature_id,
    dimension,
    segment,
    activity_date,
    cast(eligible_account_count as bigint) as eligible_account_count,
    cast(adopting_account_count as bigint) as adopting_account_count,
    cast(eligible_active_user_count as bigint) as eligible_active_user_count,
    cast(adopting_user_count as bigint) as adopting_user_count,
    cast(eligible_provisioned_user_count as bigint) as eligible_provisioned_user_count,
    cast(adopting_member_count as bigint) as adopting_member_count
from running
where eligible_account_count > 0
