with

actions as (select * from {{ ref('fct_recommended_actions') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

-- The list of the week, owner by owner in the order in which they take it; below the cut line what no hours are left
-- for, then what is covered and who is held out.
select
    actions.owner,
    case actions.status when 'worked' then 1 when 'deferred' then 2 when 'covered' then 3 else 4 end as status_order,
    actions.status,
    actions.queue_rank,
    actions.account_id,
    actions.account_name,
    actions.play,
    actions.title,
    actions.reason,
    actions.evidence,
    actions.status_reason,
    actions.discovery_question,
    actions.steps,
    actions.mrr,
    actions.minutes,
    actions.minutes_to_here,
    actions.capacity_minutes,
    actions.other_play_count,
    actions.due_date,
    actions.action_date
from actions
inner join parameters on actions.action_date = parameters.as_of_date
where actions.status != 'nothing_due'
