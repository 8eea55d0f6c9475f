with

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where account_id is not null),

assignments as (select * from {{ ref('stg_run__play_assignments') }}),

-- What carries out an assignment of ours is no episode of its own: who was to get it counts, not who got it.
elsewhere as (
    select
        interventions.play,
        interventions.account_id,
        interventions.began_on,
        interventions.assigned_arm,
        interventions.was_done
    from interventions
    left join assignments
        on
            interventions.play = assignments.play
            and interventions.account_id = assignments.account_id
            and interventions.began_on >= assignments.assigned_on
    where assignments.play is null and (interventions.was_done or interventions.assigned_arm = 'holdout')
)

-- Begun twice on a day is begun once, and to have got it goes before to have been held out.
select
    play,
    account_id,
    began_on,
    max(case when assigned_arm in ('treat', 'holdout') then assigned_arm else 'none' end) as arm
from elsewhere
group by play, account_id, began_on

union all

select
    play,
    account_id,
    assigned_on as began_on,
    arm
from assignments
