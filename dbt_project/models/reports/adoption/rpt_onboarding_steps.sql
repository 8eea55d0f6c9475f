with

milestones as (select * from {{ ref('int_onboarding_milestones_catalogued') }}),

account_milestones as (select * from {{ ref('fct_account_milestones') }}),

onboarding as (select * from {{ ref('fct_account_onboarding') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

summed as (
    select
        milestone_id,
        count(*) as asked_account_count,
        count(completed_on) as completed_account_count
    from account_milestones
    where is_required
    group by milestone_id
),

-- Whoever has left is not waiting any more.
stuck as (
    select
        onboarding.stuck_milestone_id as milestone_id,
        count(*) as stuck_account_count,
        {{ percentile('onboarding.waiting_days', 0.5) }} as median_waiting_days
    from onboarding
    inner join accounts using (account_id)
    where onboarding.stuck_milestone_id is not null and accounts.is_customer
    group by onboarding.stuck_milestone_id
)

select
    milestones.milestone_id,
    milestones.label,
    cast(milestones.milestone_order as integer) as milestone_order,
    summed.asked_account_count,
    summed.completed_account_count,
    summed.completed_account_count / nullif(cast(summed.asked_account_count as double), 0) as completed_rate,
    coalesce(stuck.stuck_account_count, 0) as stuck_account_count,
    cast(stuck.median_waiting_days as double) as median_waiting_days
from milestones
inner join summed using (milestone_id)
left join stuck using (milestone_id)
