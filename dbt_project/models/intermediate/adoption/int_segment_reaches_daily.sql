with

audiences as (select * from {{ ref('int_segment_audiences_daily') }}),

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

-- Nobody is known to have no access before the first membership that is told.
memberships as (select * from {{ ref('dim_source_coverage') }} where source = 'crm_account_users'),

reaches as (
    select distinct
        reach,
        plan_id,
        roles,
        platforms
    from entitlements
)

-- A feature without named roles or platforms is for everybody in the account, any other for those whom it names.
select
    reaches.reach,
    audiences.dimension,
    audiences.segment,
    audiences.activity_date,
    cast(sum(audiences.account_count) filter (where audiences.role = 'any') as bigint) as account_count,
    cast(coalesce(
        sum(audiences.active_user_count) filter (where (reaches.roles is null) = (audiences.role = 'any')), 0
    ) as bigint) as active_user_count,
    case
        when min(memberships.first_date) <= audiences.activity_date
            then cast(coalesce(
                sum(audiences.provisioned_user_count) filter (where (reaches.roles is null) = (audiences.role = 'any')),
                0
            ) as bigint)
    end as provisioned_user_count
from audiences
cross join memberships
inner join reaches
    on
        audiences.plan_id = reaches.plan_id
        and audiences.platforms = coalesce(reaches.platforms, 'any')
        and (
            audiences.role = 'any'
            or '|' || reaches.roles || '|' like '%|' || audiences.role || '|%'
        )
group by reaches.reach, audiences.dimension, audiences.segment, audiences.activity_date
having sum(audiences.account_count) filter (where audiences.role = 'any') > 0
