with

spells as (select * from {{ ref('int_paid_spells_merged') }}),

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

states as (select * from {{ ref('int_accounts_dated') }}),

go_lives as (select * from {{ ref('int_account_go_lives') }}),

observations as (select * from {{ ref('int_churn_observations_started') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

firsts as (
    select
        spells.account_id,
        spells.spell_start as first_paid_date,
        case
            when spells.spell_end <= parameters.as_of_date - {{ var('churn_grace_days') }} then spells.spell_end
        end as first_end_date,
        spells.is_completed
    from spells
    cross join parameters
    where spells.spell_number = 1
),

first_plans as (
    select
        firsts.account_id,
        max_by(charges.plan_id, coalesce(charges.quantity, 0)) as first_plan
    from firsts
    inner join charges
        on
            firsts.account_id = charges.account_id
            and firsts.first_paid_date >= charges.first_date
            and firsts.first_paid_date < charges.end_date
    group by firsts.account_id
)

select
    firsts.account_id,
    cast(date_trunc('month', firsts.first_paid_date) as date) as cohort_month,
    coalesce(first_plans.first_plan, 'unknown') as plan,
    coalesce(states.country, 'unknown') as country,
    coalesce(states.industry, 'unknown') as industry,
    coalesce(states.size_band, 'unknown') as size_band,
    firsts.first_paid_date >= observations.observed_from as is_observed_from_start,
    firsts.first_paid_date,
    coalesce(go_lives.went_live_on, firsts.first_paid_date) as early_from,
    case when not firsts.is_completed then firsts.first_end_date end as first_churn_date,
    case when firsts.is_completed then firsts.first_end_date end as first_completed_date
from firsts
inner join accounts using (account_id)
cross join observations
-- As they were then: who stays grows, so by the size of today the large would seem to stay for long.
left join states
    on
        firsts.account_id = states.account_id
        and firsts.first_paid_date >= states.first_date
        and firsts.first_paid_date < states.end_date
left join first_plans using (account_id)
left join go_lives
    on
        firsts.account_id = go_lives.account_id
        and firsts.first_paid_date < go_lives.went_live_on
        and firsts.first_paid_date > go_lives.went_live_on - {{ var('go_live_within_days') }}
        and coalesce(firsts.first_end_date, date '9999-12-31') > go_lives.went_live_on
where not accounts.is_internal
