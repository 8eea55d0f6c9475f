{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='event_date') }}

with

states as (select * from {{ ref('fct_alert_states') }} where {{ in_rebuild_window('alert_date', look_back=1) }}),

rules as (select * from {{ ref('dim_alert_rules') }}),

happened as (
    select
        *,
        case
            when is_open and told_rank is not null and told_rank_before is null then 'opened'
            when is_open and not was_open then 'opened'
            when is_open and (told_rank > told_rank_before or severity_rank > severity_rank_before) then 'worsened'
            when is_escalation_told and not was_escalation_told then 'escalated'
            when not is_open and was_open and ends_by is not null then 'closed'
            when not is_open and (was_open or (is_recovery_told and not was_recovery_told)) then 'recovered'
        end as event,
        -- Told is what had not been told the day before, of this day or kept back until it.
        case
            when is_open and coalesce(told_rank > coalesce(told_rank_before, 0), false) then true
            when is_open then is_escalation_told and not was_escalation_told
            else is_recovery_told and not was_recovery_told
        end as is_told
    from states
),

-- The day on which a rule begins to fire for so many that the data is the likely reason.
storm_days as (
    select
        rule,
        alert_date,
        bool_or(coalesce(blocked_by = 'held', false)) as is_storm,
        count(*) filter (where is_open) as open_count
    from states
    group by rule, alert_date
),

storms as (
    select
        storm_days.rule,
        storm_days.alert_date,
        storm_days.open_count
    from storm_days
    left join storm_days as eve on storm_days.rule = eve.rule and storm_days.alert_date = eve.alert_date + 1
    where storm_days.is_storm and not coalesce(eve.is_storm, false)
),

events as (
    select
        rule,
        entity_id,
        alert_date as event_date,
        opened_on,
        event,
        case
            when is_told then 'told'
            when is_open then blocked_by
            when told_rank is null then 'skipped'
            else blocked_by
        end as decision,
        coalesce(ends_by, case when not is_told then held_by end) as decision_reason,
        case severity_rank when 2 then 'critical' else 'warning' end as severity,
        coalesce(
            is_told
            and event in ('opened', 'recovered', 'closed')
            and alert_date > case when is_open then opened_on else closed_on end, false
        ) as is_late,
        observed_value
    from happened
    where event is not null
    union all
    select
        rule,
        '*' as entity_id,
        alert_date as event_date,
        alert_date as opened_on,
        'storm' as event,
        'told' as decision,
        'likely a data problem' as decision_reason,
        'critical' as severity,
        false as is_late,
        open_count as observed_value
    from storms
),

named as (
    select
        *,
        rule || ' ' || entity_id || ' ' as thing
    from events
)

select
    {{ keyed_hash("'event '", "events.thing || cast(events.event_date as string) || ' ' || events.event") }}
        as event_id,
    {{ keyed_hash("'alert '", "events.thing || cast(events.opened_on as string)") }} as alert_id,
    events.rule,
    events.entity_id,
    events.event_date,
    events.event,
    case when rules.status = 'live' then events.decision else 'draft' end as decision,
    events.decision_reason,
    events.severity,
    events.is_late,
    events.opened_on,
    cast(events.observed_value as double) as observed_value
from named as events
inner join rules on events.rule = rules.rule
where {{ in_rebuild_window('events.event_date') }}
