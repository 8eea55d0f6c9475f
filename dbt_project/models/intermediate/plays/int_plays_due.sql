with

triggers as (select * from {{ ref('int_play_triggers') }}),

plays as (select * from {{ ref('int_plays_usable') }}),

assignments as (select * from {{ ref('stg_run__play_assignments') }}),

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where assigned_arm = 'holdout'),

ranked as (
    select
        triggers.account_id,
        triggers.action_date,
        plays.play,
        plays.valid_from,
        triggers.trigger_kind,
        triggers.reason,
        triggers.evidence_value,
        replace(
            triggers.evidence, '{value}', cast(cast(round(triggers.evidence_value) as bigint) as string)
        ) as evidence,
        row_number() over (
            partition by triggers.account_id, triggers.action_date order by plays.priority asc, plays.play asc
        ) as place,
        cast(count(*) over (partition by triggers.account_id, triggers.action_date) - 1 as integer) as other_play_count
    from triggers
    inner join plays
        on
            triggers.trigger_kind = plays.trigger_kind
            and triggers.action_date >= plays.valid_from
            and triggers.action_date < coalesce(plays.valid_to, date '9999-12-31')
),

-- An experiment of somebody else that is under way is not spoilt.
held_out_elsewhere as (
    select distinct
        ranked.account_id,
        ranked.action_date,
        ranked.play
    from ranked
    inner join interventions
        on
            ranked.account_id = interventions.account_id
            and ranked.play = interventions.play
            and ranked.action_date >= interventions.began_on
            and ranked.action_date < interventions.began_on + {{ var('play_outcome_days') }}
)

-- One play an account: whoever is held out of the first is not offered the next in its place, or the two would be
-- compared with each other. What was assigned once stays, whatever the seed says later.
select
    ranked.account_id,
    ranked.action_date,
    ranked.play,
    ranked.valid_from,
    ranked.trigger_kind,
    ranked.reason,
    ranked.evidence_value,
    ranked.evidence,
    ranked.other_play_count,
    case
        when held_out_elsewhere.account_id is not null then 'holdout'
        when assignments.arm is not null then assignments.arm
        when
            {{ drawn_share("coalesce(plays.salt, '') || '|' || ranked.play || '|' || ranked.account_id") }}
            < plays.holdout_share
            then 'holdout'
        else 'treat'
    end as arm,
    held_out_elsewhere.account_id is not null as is_held_out_elsewhere
from ranked
inner join plays on ranked.play = plays.play and ranked.valid_from = plays.valid_from
left join assignments
    on
        ranked.play = assignments.play
        and ranked.account_id = assignments.account_id
        and ranked.action_date >= assignments.assigned_on
left join held_out_elsewhere
    on
        ranked.account_id = held_out_elsewhere.account_id
        and ranked.action_date = held_out_elsewhere.action_date
        and ranked.play = held_out_elsewhere.play
where ranked.place = 1
