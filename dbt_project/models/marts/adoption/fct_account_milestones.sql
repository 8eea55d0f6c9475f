with

starts as (select * from {{ ref('int_account_starts') }}),

milestones as (select * from {{ ref('int_onboarding_milestones_catalogued') }}),

progress as (select * from {{ ref('int_onboarding_progress') }}),

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

reached as (
    select
        progress.account_id,
        milestones.milestone_id,
        min(progress.activity_date) as completed_on
    from progress
    inner join milestones
        on
            progress.measure = milestones.measure
            and progress.subject = coalesce(milestones.subject, 'any')
            and progress.amount_so_far >= milestones.threshold
    group by progress.account_id, milestones.milestone_id
)

-- A step about a feature is asked only where the first plan offered it, one about people only where there are seats.
select
    starts.account_id,
    milestones.milestone_id,
    starts.started_on,
    reached.completed_on,
    cast(milestones.milestone_order as integer) as milestone_order,
    cast({{ days_between(
        'starts.started_on', 'greatest(reached.completed_on, case when reached.completed_on is not null then starts.started_on end)'
    ) }} as bigint) as days_to_complete,
    milestones.is_required
    and (milestones.subject is null or entitlements.feature_id is not null)
    and (milestones.measure != 'active_users' or coalesce(starts.seat_count >= milestones.threshold, true))
        as is_required
from starts
cross join milestones
left join entitlements
    on
        milestones.subject = entitlements.feature_id
        and starts.plan_id = entitlements.plan_id
        and starts.started_on >= entitlements.first_date
        and starts.started_on < entitlements.end_date
left join reached
    on
        starts.account_id = reached.account_id
        and milestones.milestone_id = reached.milestone_id
