with

accounts as (select * from {{ ref('rpt_accounts') }}),

components as (select * from {{ ref('fct_account_health_components_daily') }}),

labels as (select * from {{ ref('score_components') }}),

losses as (
    select
        accounts.account_id,
        labels.label,
        labels.unit,
        labels.action_hint,
        components.metric_value,
        components.component_score,
        components.points_lost,
        row_number() over (
            partition by accounts.account_id
            order by components.points_lost desc, components.component asc
        ) as loss_rank
    from components
    inner join accounts
        on
            components.account_id = accounts.account_id
            and components.score_date = accounts.as_of_date
    inner join labels using (model_version_id, component)
    where components.is_available and components.points_lost > 0
),

-- Those who need somebody: low, falling fast, or about to leave; a score of low confidence alarms nobody.
chosen as (
    select
        accounts.*,
        case
            when is_cancelling then 'asked to cancel'
            when band = 'at_risk' then 'at risk'
            when health_score_change <= -15 then 'fell by 15 points or more in 28 days'
        end as attention_reason
    from accounts
    where score_status = 'ok' or is_cancelling
)

select
    chosen.account_id,
    chosen.account_name,
    chosen.plan,
    chosen.csm_id,
    chosen.lifecycle_stage,
    chosen.band,
    chosen.attention_reason,
    first_losses.label as first_reason,
    first_losses.unit as first_reason_unit,
    second_losses.label as second_reason,
    second_losses.unit as second_reason_unit,
    case
        when chosen.is_cancelling then 'Speak with them this week. ' || first_losses.action_hint
        else first_losses.action_hint
    end as suggested_action,
    chosen.health_score,
    chosen.health_score_change,
    first_losses.metric_value as first_reason_value,
    round(first_losses.points_lost, 1) as first_reason_points_lost,
    second_losses.metric_value as second_reason_value,
    round(second_losses.points_lost, 1) as second_reason_points_lost,
    chosen.mrr,
    row_number() over (
        order by
            chosen.is_cancelling desc,
            coalesce(chosen.mrr, 0) * (100 - coalesce(chosen.health_score, 0)) desc,
            chosen.account_id asc
    ) as attention_rank,
    chosen.renewal_date,
    chosen.last_active_date,
    chosen.as_of_date
from chosen
left join losses as first_losses on chosen.account_id = first_losses.account_id and first_losses.loss_rank = 1
left join losses as second_losses on chosen.account_id = second_losses.account_id and second_losses.loss_rank = 2
where chosen.attention_reason is not null
