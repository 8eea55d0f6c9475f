with

overrides as (select * from {{ ref('fct_account_health_overrides_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

rules as (select * from {{ ref('score_override_rules') }}),

components as (select * from {{ ref('score_components') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- What a rule asks about may be a component, whose unit and advice then hold here too.
measures as (
    select
        component as condition,
        min(unit) as unit,
        min(action_hint) as action_hint
    from components
    group by component
),

counted_back as (
    select
        overrides.account_id,
        overrides.override_rule,
        overrides.score_date,
        parameters.as_of_date,
        row_number() over (
            partition by overrides.account_id, overrides.override_rule
            order by overrides.score_date desc
        ) as days_back
    from overrides
    inner join parameters on overrides.score_date <= parameters.as_of_date
),

-- Days in a row up to today: the first of them is since when the cap holds.
held as (
    select
        account_id,
        override_rule,
        min(score_date) as held_since
    from counted_back
    where score_date = as_of_date - cast(days_back - 1 as integer)
    group by account_id, override_rule
)

select
    overrides.account_id,
    overrides.override_rule,
    accounts.account_name,
    accounts.plan,
    accounts.csm_id,
    coalesce(rules.label, overrides.override_rule) as label,
    overrides.origin,
    measures.unit,
    measures.action_hint,
    case when measures.unit is not null then overrides.condition_value end as condition_value,
    overrides.cap,
    health.base_score,
    case when health.override_rule = overrides.override_rule then health.override_effect else 0 end as effect,
    coalesce(health.override_rule = overrides.override_rule, false) as is_counting,
    held.held_since,
    parameters.as_of_date
from overrides
inner join parameters on overrides.score_date = parameters.as_of_date
inner join accounts on overrides.account_id = accounts.account_id
inner join health
    on
        overrides.account_id = health.account_id
        and overrides.score_date = health.score_date
inner join held
    on
        overrides.account_id = held.account_id
        and overrides.override_rule = held.override_rule
left join rules on overrides.override_rule = rules.override_rule
left join measures on rules.condition = measures.condition
where not accounts.is_internal and health.health_score is not null
