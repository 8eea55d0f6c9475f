with

accounts as (select * from {{ ref('rpt_accounts') }}),

changes as (select * from {{ ref('rpt_account_score_changes') }} where horizon_days = 28),

losses as (select * from {{ ref('rpt_account_components') }}),

actions as (select * from {{ ref('rpt_action_queue') }}),

-- Those who need somebody: about to leave, low, or falling fast by what they did themselves. Everybody in the band
-- at risk is among them; where too little is measured to be sure, the reason says so, and a fall alarms nobody.
chosen as (
    select
        accounts.*,
        {{ weight_of_attention('accounts.mrr', 'accounts.health_score') }} as weight,
        changes.customer_change,
        changes.availability_change,
        changes.model_change,
        case
            when accounts.is_cancelling then 'asked to cancel'
            when accounts.band = 'at_risk' and accounts.score_status = 'low_confidence'
                then 'at risk, as far as the little that is measured tells'
            when accounts.band = 'at_risk' then 'at risk'
            when accounts.score_status = 'ok' and changes.customer_change <= -{{ var('large_change_points') }}
                then 'fell fast by what they did'
        end as attention_reason
    from accounts
    left join changes using (account_id)
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
    chosen.customer_change,
    chosen.availability_change,
    chosen.model_change,
    first_losses.metric_value as first_reason_value,
    round(first_losses.points_lost, 1) as first_reason_points_lost,
    second_losses.metric_value as second_reason_value,
    round(second_losses.points_lost, 1) as second_reason_points_lost,
    chosen.mrr,
    row_number() over (
        order by
            chosen.is_cancelling desc,
            chosen.score_status = 'low_confidence' asc,
            chosen.weight desc,
            chosen.account_id asc
    ) as attention_rank,
    chosen.renewal_date,
    chosen.leaves_on,
    chosen.last_active_date,
    chosen.as_of_date,
    actions.status as play_status,
    actions.title as play_title,
    actions.status_reason as play_status_reason
from chosen
left join losses as first_losses on chosen.account_id = first_losses.account_id and first_losses.loss_rank = 1
left join losses as second_losses on chosen.account_id = second_losses.account_id and second_losses.loss_rank = 2
left join actions on chosen.account_id = actions.account_id
where chosen.attention_reason is not null
