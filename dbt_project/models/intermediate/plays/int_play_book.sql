with

looked_at as (select * from {{ ref('int_accounts_looked_at') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

due as (select * from {{ ref('int_plays_due') }}),

plays as (select * from {{ ref('int_plays_usable') }}),

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where was_done),

requests as (select * from {{ ref('fct_cancel_requests') }}),

-- The last day before they go or their contract renews: afterwards it is too late.
deadlines as (
    select
        looked_at.account_id,
        looked_at.action_date,
        least(
            max(requests.takes_effect_on),
            max(looked_at.action_date + cast(looked_at.days_until_renewal as integer))
        ) - 1 as last_chance_date
    from looked_at
    left join requests
        on
            looked_at.account_id = requests.account_id
            and looked_at.lifecycle_stage = 'cancelling'
            and looked_at.action_date >= requests.requested_date
            and looked_at.action_date < requests.takes_effect_on
    group by looked_at.account_id, looked_at.action_date
),

helped as (
    select
        looked_at.account_id,
        looked_at.action_date,
        max(interventions.began_on) as helped_on
    from looked_at
    inner join interventions
        on
            looked_at.account_id = interventions.account_id
            and looked_at.action_date >= interventions.began_on
            and looked_at.action_date < interventions.began_on + {{ var('treatment_look_back_days') }}
    group by looked_at.account_id, looked_at.action_date
)

-- Everybody of the book on each day, with what is due, if anything is. Who is held out is not offered it by anybody.
select
    looked_at.account_id,
    looked_at.action_date,
    accounts.account_name,
    due.play,
    plays.title,
    plays.priority,
    due.trigger_kind,
    due.reason,
    due.evidence,
    due.evidence_value,
    due.other_play_count,
    plays.discovery_question,
    plays.steps,
    plays.owner_role,
    case
        when due.play is null or plays.owner_role = 'csm' then coalesce(accounts.csm_id, 'nobody')
        else plays.owner_role
    end as owner,
    case
        when due.play is not null
            then least(
                looked_at.action_date + plays.due_in_days,
                greatest(coalesce(deadlines.last_chance_date, date '9999-12-31'), looked_at.action_date + 1)
            )
    end as due_date,
    due.arm,
    due.is_held_out_elsewhere,
    plays.minutes,
    looked_at.mrr,
    {{ weight_of_attention('looked_at.mrr', 'looked_at.health_score', 'partition by looked_at.action_date') }}
        as weight,
    helped.helped_on,
    case
        when due.play is null then 'nothing_due'
        when due.arm = 'holdout' then 'held_out'
        when helped.helped_on is not null then 'covered'
        else 'open'
    end as settled_status
from looked_at
left join accounts on looked_at.account_id = accounts.account_id
left join due on looked_at.account_id = due.account_id and looked_at.action_date = due.action_date
left join plays on due.play = plays.play and due.valid_from = plays.valid_from
left join deadlines on looked_at.account_id = deadlines.account_id and looked_at.action_date = deadlines.action_date
left join helped on looked_at.account_id = helped.account_id and looked_at.action_date = helped.action_date
