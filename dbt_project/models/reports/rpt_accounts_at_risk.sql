with

accounts as (select * from {{ ref('rpt_accounts') }}),

losses as (select * from {{ ref('rpt_account_components') }}),

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
        when chosen.is_cancelling
            then 'Speak with them this week. ' || coalesce(first_losses.action_hint, second_losses.action_hint, '')
        else coalesce(first_losses.action_hint, second_losses.action_hint)
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
