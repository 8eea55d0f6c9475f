with

account_days as (select * from {{ ref('int_measured_account_days') }}),

activations as (select * from {{ ref('int_account_activations') }}),

rules as (
    select distinct rule_id
    from {{ ref('activation_rules') }}
    where is_chosen
)

-- Not yet is no answer until the days of the rule are over.
select
    account_days.account_id,
    account_days.score_date,
    case when activations.activated_on <= account_days.score_date then 1 else 0 end as numerator,
    case when rules.rule_id is not null and activations.is_applicable then 1 end as denominator,
    1 as sample_size,
    account_days.score_date as measured_on,
    case
        when activations.activated_on <= account_days.score_date then null
        when account_days.score_date <= case
            when activations.started_on <= account_days.score_date then activations.matures_on
            else coalesce(activations.first_matures_on, activations.matures_on)
        end then 'immature'
    end as unavailable_reason
from account_days
left join activations on account_days.account_id = activations.account_id
left join rules on activations.rule_id = rules.rule_id
where
    account_days.tenure_days <= {{ var('onboarding_days_at_most') }} + 90
    and (activations.rule_id is null or rules.rule_id is not null)
