with

onboarding as (select * from {{ ref('fct_account_onboarding') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

milestones as (select * from {{ ref('int_onboarding_milestones_catalogued') }}),

ranked as (
    select
        onboarding.account_id,
        accounts.account_name,
        accounts.plan,
        accounts.csm_id,
        milestones.label as stuck_step,
        onboarding.completed_count,
        onboarding.required_count,
        onboarding.waiting_days,
        onboarding.started_on
    from onboarding
    inner join accounts using (account_id)
    inner join milestones on onboarding.stuck_milestone_id = milestones.milestone_id
    where accounts.is_customer
)

-- Whoever began last and waits comes first: there is most to gain with them.
select
    account_id,
    account_name,
    plan,
    csm_id,
    stuck_step,
    completed_count,
    required_count,
    waiting_days,
    row_number() over (order by started_on desc, waiting_days desc, account_id asc) as stuck_rank,
    started_on
from ranked
