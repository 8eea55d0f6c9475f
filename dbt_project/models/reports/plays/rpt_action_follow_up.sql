with

actions as (select * from {{ ref('fct_recommended_actions') }} where status not in ('nothing_due', 'covered')),

printed as (select * from {{ ref('stg_run__published_actions') }} where status not in ('nothing_due', 'covered')),

accounts as (select * from {{ ref('dim_accounts') }}),

account_days as (select * from {{ ref('fct_account_daily') }}),

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where was_done),

plays as (select play, max(title) as title from {{ ref('playbooks') }} group by play),

coverage as (select is_covered from {{ ref('dim_source_coverage') }} where source = 'crm_interventions'),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- What was printed counts; days that no report was printed on are as they would be printed now.
lists as (
    select account_id, action_date, play, status, owner, due_date, true as was_printed from printed

    union all

    select actions.account_id, actions.action_date, actions.play, actions.status, actions.owner, actions.due_date, false
    from actions
    left join (select distinct action_date from printed) as days on actions.action_date = days.action_date
    where days.action_date is null
),

-- The last list that has had a week.
last_list as (
    select max(lists.action_date) as action_date
    from lists
    inner join parameters on lists.action_date <= parameters.as_of_date - 7
),

begun as (
    select
        lists.account_id,
        min(interventions.began_on) as begun_on
    from lists
    inner join last_list on lists.action_date = last_list.action_date
    inner join interventions
        on lists.account_id = interventions.account_id and interventions.began_on > lists.action_date
    group by lists.account_id
)

select
    lists.account_id,
    accounts.account_name,
    lists.owner,
    lists.play,
    plays.title,
    lists.status as recommended_as,
    lists.was_printed,
    case
        when not coverage.is_covered then 'not_known'
        when lists.status = 'held_out' and begun.begun_on is not null then 'done_although_held_out'
        when lists.status = 'held_out' then 'left_alone'
        when begun.begun_on <= lists.due_date then 'done'
        when begun.begun_on is not null then 'done_late'
        when lists.due_date > parameters.as_of_date then 'not_yet_due'
        else 'not_done'
    end as follow_up,
    case
        when not coalesce(now.is_customer, false) then 'left'
        when now.lifecycle_stage = 'cancelling' and then_day.lifecycle_stage != 'cancelling' then 'asked to cancel since'
        when now.lifecycle_stage = 'cancelling' then 'still leaving'
        when then_day.lifecycle_stage = 'cancelling' then 'stays after all'
        when now.band = then_day.band then 'still ' || replace(now.band, '_', ' ')
        when now.band is not null then 'now ' || replace(now.band, '_', ' ')
    end as outcome,
    then_day.health_score as health_score_then,
    now.health_score,
    now.health_score - then_day.health_score as health_score_change,
    then_day.mrr,
    begun.begun_on,
    lists.due_date,
    lists.action_date,
    parameters.as_of_date
from lists
inner join last_list on lists.action_date = last_list.action_date
cross join parameters
cross join coverage
left join accounts on lists.account_id = accounts.account_id
left join plays on lists.play = plays.play
left join begun on lists.account_id = begun.account_id
left join account_days as now on lists.account_id = now.account_id and now.activity_date = parameters.as_of_date
left join account_days as then_day on lists.account_id = then_day.account_id and lists.action_date = then_day.activity_date
