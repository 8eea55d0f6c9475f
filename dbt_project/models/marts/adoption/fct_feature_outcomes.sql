with

adoptions as (select * from {{ ref('int_account_feature_adoptions') }}),

account_spans as (select * from {{ ref('int_account_adoption_spans') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

spells as (select * from {{ ref('int_paid_spells_merged') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

observed as (
    select
        parameters.as_of_date,
        parameters.as_of_date - {{ var('adoption_outcome_days') }} as adoption_date
    from parameters
    inner join coverage
        on
            coverage.source = 'product_events'
            and coverage.first_date <= parameters.as_of_date - {{ var('adoption_outcome_days') }} - 27
),

-- Sorted by what they did by the earlier day, then looked at on the later one, but for those who completed meanwhile.
accounts as (
    select
        adoptions.account_id,
        adoptions.feature_id,
        observed.adoption_date,
        observed.as_of_date,
        account_spans.account_id is not null as is_adopter,
        coalesce(later.is_customer, false) as is_retained
    from adoptions
    inner join observed
        on
            adoptions.eligible_date <= observed.adoption_date - 27
            and adoptions.eligible_until > observed.adoption_date
    left join account_spans
        on
            adoptions.account_id = account_spans.account_id
            and adoptions.feature_id = account_spans.feature_id
            and observed.adoption_date >= account_spans.first_date
            and observed.adoption_date < account_spans.end_date
    left join subscription_days as later
        on
            adoptions.account_id = later.account_id
            and observed.as_of_date = later.activity_date
    left join spells
        on
            adoptions.account_id = spells.account_id
            and observed.adoption_date < spells.spell_end
            and observed.as_of_date >= spells.spell_end
            and spells.is_completed
    where spells.account_id is null or later.is_customer
)

select
    feature_id,
    is_adopter,
    min(adoption_date) as adoption_date,
    min(as_of_date) as outcome_date,
    count(*) as account_count,
    count(*) filter (where is_retained) as retained_account_count
from accounts
group by feature_id, is_adopter
