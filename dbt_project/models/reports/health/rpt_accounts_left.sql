with

accounts as (select * from {{ ref('dim_accounts') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

components as (select * from {{ ref('fct_account_health_components_daily') }}),

labels as (select * from {{ ref('score_components') }}),

rules as (select * from {{ ref('score_override_rules') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

churns as (select * from {{ ref('fct_churns') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

later as (
    select health.account_id
    from health
    inner join parameters on health.score_date = parameters.as_of_date
),

-- The same people as in rpt_band_movement: customers 28 days before who are none today.
gone as (
    select
        health.account_id,
        health.score_date,
        health.band,
        health.health_score,
        health.override_rule,
        health.components_date,
        parameters.as_of_date
    from health
    inner join parameters on health.score_date = parameters.as_of_date - 28
    left join later on health.account_id = later.account_id
    where later.account_id is null
),

last_days as (
    select
        gone.account_id,
        max(subscription_days.activity_date) as last_customer_date
    from gone
    inner join subscription_days on gone.account_id = subscription_days.account_id
    where subscription_days.is_customer and subscription_days.activity_date <= gone.as_of_date
    group by gone.account_id
),

ends as (
    select
        gone.account_id,
        max_by(churns.end_kind, churns.spell_number) as end_kind
    from gone
    inner join churns on gone.account_id = churns.account_id and gone.score_date < churns.service_ended_date
    group by gone.account_id
),

main_losses as (
    select
        components.account_id,
        labels.label as main_reason
    from components
    inner join gone
        on
            components.account_id = gone.account_id
            and components.score_date = gone.components_date
    inner join labels using (model_version_id, component)
    where components.is_available and components.points_lost > 0
    qualify
        row_number() over (
            partition by components.account_id
            order by components.points_lost desc, components.component asc
        ) = 1
)

select
    gone.account_id,
    accounts.account_name,
    subscription_days.plan_id as plan,
    accounts.csm_id,
    coalesce(gone.band, 'not_scored') as band_28_days_before,
    coalesce(rules.label, gone.override_rule, main_losses.main_reason) as main_reason_28_days_before,
    round(gone.health_score, 1) as health_score_28_days_before,
    subscription_days.mrr as mrr_28_days_before,
    last_days.last_customer_date,
    ends.end_kind,
    gone.as_of_date
from gone
inner join accounts on gone.account_id = accounts.account_id
inner join subscription_days
    on
        gone.account_id = subscription_days.account_id
        and gone.score_date = subscription_days.activity_date
left join last_days on gone.account_id = last_days.account_id
left join ends on gone.account_id = ends.account_id
left join main_losses on gone.account_id = main_losses.account_id
left join rules on gone.override_rule = rules.override_rule
