with

actions as (select * from {{ ref('int_actions_to_follow_up') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

account_days as (select * from {{ ref('fct_account_daily') }}),

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where was_done),

coverage as (select is_covered from {{ ref('dim_source_coverage') }} where source = 'crm_interventions'),

parameters as (select * from {{ ref('stg_run__parameters') }}),

plays as (
    select
        play,
        max(title) as title
    from {{ ref('playbooks') }}
    group by play
),

begun as (
    select
        actions.account_id,
        min(interventions.began_on) as begun_on
    from actions
    inner join interventions
        on actions.account_id = interventions.account_id and actions.action_date < interventions.began_on
    group by actions.account_id
)

select
    actions.account_id,
    accounts.account_name,
    actions.owner,
    actions.play,
    plays.title,
    actions.status as recommended_as,
    actions.was_printed,
    case
        when not coverage.is_covered then 'not_known'
        when actions.status = 'held_out' and begun.begun_on is not null then 'done_although_held_out'
        when actions.status = 'held_out' then 'left_alone'
        when begun.begun_on <= actions.due_date then 'done'
        when begun.begun_on is not null then 'done_late'
        when actions.due_date > parameters.as_of_date then 'not_yet_due'
        else 'not_done'
    end as follow_up,
    case
        when not coalesce(now.is_customer, false) then 'left'
        when now.lifecycle_stage = 'cancelling' and earlier.lifecycle_stage != 'cancelling' then 'asked to cancel since'
        when now.lifecycle_stage = 'cancelling' then 'still leaving'
        when earlier.lifecycle_stage = 'cancelling' then 'stays after all'
        when now.band = earlier.band then 'still ' || replace(now.band, '_', ' ')
        when now.band is not null then 'now ' || replace(now.band, '_', ' ')
        else 'without a score'
    end as outcome,
    earlier.health_score as health_score_then,
    now.health_score,
    now.health_score - earlier.health_score as health_score_change_since,
    earlier.mrr,
    begun.begun_on,
    actions.due_date,
    actions.action_date,
    parameters.as_of_date
from actions
cross join parameters
cross join coverage
left join accounts on actions.account_id = accounts.account_id
left join plays on actions.play = plays.play
left join begun on actions.account_id = begun.account_id
left join account_days as now on actions.account_id = now.account_id and parameters.as_of_date = now.activity_date
left join account_days as earlier
    on actions.account_id = earlier.account_id and actions.action_date = earlier.activity_date
