with

playbooks as (select * from {{ ref('playbooks') }}),

triggers as (select * from {{ ref('play_triggers') }})

-- A play that nothing can call for, that everybody is held out of, that takes no time or that nobody does is left out;
-- rpt_play_problems names it.
select playbooks.*
from playbooks
inner join triggers using (trigger_kind)
where
    playbooks.holdout_share >= 0
    and playbooks.holdout_share < 1
    and playbooks.minutes > 0
    and playbooks.due_in_days >= 0
    and playbooks.owner_role is not null
    and playbooks.priority is not null
