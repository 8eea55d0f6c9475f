{#- Steps that end with `told`: of each day of `spells`, what keeps its alert from being told, and what has been told of the
    spell by then. What is kept back is told on the first day on which nothing keeps it back, if it is still open; a recovery
    is told only where the alert was. -#}
{% macro alert_tellings(spells, rules, opening, silences, mute_times, inhibitions) -%}
-- One rule that is open for so many accounts says more about the data than about them.
storms as (
    select
        spells.rule,
        spells.alert_date,
        count(*) filter (where spells.is_open) >= {{ var('minimum_segment_accounts') }}
        and count(*) filter (where spells.is_open) > {{ var('alert_storm_share') }} * count(*) as is_storm
    from {{ spells }} as spells
    inner join {{ rules }} as rules on spells.rule = rules.rule and rules.grain = 'account'
    group by spells.rule, spells.alert_date
),

-- Only what has opened once can be told. A critical value passes quiet days and pauses, and never a silence.
held as (
    select
        spells.*,
        rules.cooldown_days,
        rules.escalate_after_days,
        exists (
            select 1 from {{ silences }} as silences
            where
                silences.rule = spells.rule
                and coalesce(silences.entity_id, spells.entity_id) = spells.entity_id
                and spells.alert_date between silences.starts_on and silences.ends_on
        ) as is_silenced,
        exists (
            select 1 from {{ mute_times }} as mute_times
            where
                mute_times.route = rules.route
                and mute_times.weekday = ({{ days_between("date '2024-01-01'", 'spells.alert_date') }} + 1) % 7 + 1
                and spells.alert_date >= mute_times.valid_from
                and spells.alert_date < mute_times.valid_to
        ) as is_muted,
        coalesce(storms.is_storm, false) as is_storm
    from {{ spells }} as spells
    inner join {{ rules }} as rules on spells.rule = rules.rule
    left join storms on spells.rule = storms.rule and spells.alert_date = storms.alert_date
    where spells.opened_on is not null
),

parents as (
    select
        inhibitions.target_rule as rule,
        spells.entity_id,
        spells.alert_date,
        min(inhibitions.inhibition) as inhibition
    from {{ spells }} as spells
    inner join {{ inhibitions }} as inhibitions
        on
            inhibitions.kind = 'rule'
            and spells.rule = inhibitions.source
            and spells.alert_date >= inhibitions.valid_from
            and spells.alert_date < inhibitions.valid_to
    where spells.is_open and inhibitions.target_rule != inhibitions.source
    group by inhibitions.target_rule, spells.entity_id, spells.alert_date
),

blocked as (
    select
        held.*,
        case
            when held.is_silenced then 'silenced'
            when held.is_open and held.is_storm then 'held'
            when held.is_open and (held.inhibited_by is not null or parents.rule is not null) then 'inhibited'
            when coalesce(held.severity_rank, 0) >= 2 then null
            when held.is_muted then 'muted'
            when held.is_open and held.alert_date < held.closed_on + held.cooldown_days then 'cooling_down'
        end as blocked_by,
        coalesce(held.inhibited_by, parents.inhibition) as held_by
    from held
    left join parents using (rule, entity_id, alert_date)
),

-- What had been told of the same spell by the eve is told.
told_ranks as (
    select
        blocked.*,
        opening.told_rank as opening_told_rank,
        opening.severity_rank as opening_severity_rank,
        coalesce(opening.is_escalation_told, false) as opening_is_escalation_told,
        coalesce(opening.is_recovery_told, false) as opening_is_recovery_told,
        greatest(
            max(case when blocked.is_open and blocked.blocked_by is null then blocked.severity_rank end) over spell,
            opening.told_rank
        ) as told_rank
    from blocked
    left join {{ opening }} as opening
        on
            blocked.rule = opening.rule
            and blocked.entity_id = opening.entity_id
            and blocked.opened_on = opening.opened_on
    window spell as (partition by blocked.rule, blocked.entity_id, blocked.opened_on order by blocked.alert_date)
),

told as (
    select
        *,
        opening_is_escalation_told
        or coalesce(bool_or(
            is_open and blocked_by is null and alert_date >= opened_on + escalate_after_days
        ) over spell, false) as is_escalation_told,
        opening_is_recovery_told
        or coalesce(bool_or(not is_open and blocked_by is null and told_rank is not null) over spell, false)
            as is_recovery_told
    from told_ranks
    window spell as (partition by rule, entity_id, opened_on order by alert_date)
)
{%- endmacro %}
