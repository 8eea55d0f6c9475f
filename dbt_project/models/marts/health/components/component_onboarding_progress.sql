with

account_days as (select * from {{ ref('int_measured_account_days') }}),

milestones as (select * from {{ ref('fct_account_milestones') }})

-- What an onboarded account has done is no news: only accounts in onboarding are asked.
select
    account_days.account_id,
    account_days.score_date,
    count(*) filter (where milestones.completed_on <= account_days.score_date) as numerator,
    count(milestones.milestone_id) as denominator,
    count(milestones.milestone_id) as sample_size,
    account_days.score_date as measured_on,
    cast(null as string) as unavailable_reason
from account_days
left join milestones
    on
        account_days.account_id = milestones.account_id
        and milestones.is_required
where account_days.tenure_days <= {{ var('onboarding_days_at_most') }} + 90
group by account_days.account_id, account_days.score_date
