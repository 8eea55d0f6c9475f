with

activations as (select * from {{ ref('int_account_activations') }}),

activity as (select * from {{ ref('fct_account_activity_daily') }}),

rules as (select * from {{ ref('activation_rules') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Kept: active in the last 28 of the days after which an account should be at home.
mature as (
    select
        activations.account_id,
        activations.rule_id,
        activations.is_activated,
        activations.started_on + {{ var('activation_outcome_days') }} - 1 as outcome_date
    from activations
    inner join parameters
        on activations.started_on + {{ var('activation_outcome_days') }} - 1 <= parameters.as_of_date
    where activations.is_applicable
),

outcomes as (
    select
        mature.account_id,
        mature.rule_id,
        mature.is_activated,
        coalesce(bool_or(activity.is_active), false) as is_retained
    from mature
    left join activity
        on
            mature.account_id = activity.account_id
            and mature.outcome_date >= activity.activity_date
            and activity.activity_date > mature.outcome_date - 28
    group by mature.account_id, mature.rule_id, mature.is_activated
),

descriptions as (
    select
        rule_id,
        min(label) as label,
        min(within_days) as within_days,
        bool_and(is_chosen) as is_chosen
    from rules
    group by rule_id
)

select
    descriptions.rule_id,
    descriptions.label,
    cast(descriptions.within_days as integer) as within_days,
    descriptions.is_chosen,
    count(outcomes.account_id) as account_count,
    count(*) filter (where outcomes.is_activated) as activated_count,
    count(*) filter (where outcomes.is_activated and outcomes.is_retained) as activated_retained_count,
    count(*) filter (where not outcomes.is_activated) as other_count,
    count(*) filter (where not outcomes.is_activated and outcomes.is_retained) as other_retained_count
from descriptions
left join outcomes using (rule_id)
group by
    descriptions.rule_id,
    descriptions.label,
    descriptions.within_days,
    descriptions.is_chosen
