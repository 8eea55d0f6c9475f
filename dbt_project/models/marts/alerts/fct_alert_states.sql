{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='alert_date') }}

with

rules as (select * from {{ ref('dim_alert_rules') }} where problem is null),

observations as (select * from {{ ref('int_alert_observations_daily') }}),

silences as (select * from {{ ref('alert_silences') }}),

mute_times as (select * from {{ ref('alert_mute_times') }}),

inhibitions as (select * from {{ ref('alert_inhibitions') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The state on the eve of the first day that is built.
opening as (
    {%- if is_incremental() %}
        select * from {{ this }}
        where alert_date < {{ rebuild_from() }}
        qualify row_number() over (partition by rule, entity_id order by alert_date desc) = 1
    {%- else %}
        select
            cast(null as string) as rule,
            cast(null as string) as entity_id,
            cast(null as bigint) as breach_count,
            cast(null as bigint) as ok_count,
            cast(null as boolean) as is_open,
            cast(null as date) as value_date,
            cast(null as date) as opened_on,
            cast(null as date) as closed_on,
            cast(null as integer) as severity_rank,
            cast(null as integer) as told_rank,
            cast(null as boolean) as is_escalation_told,
            cast(null as boolean) as is_recovery_told
        where false
    {%- endif %}
),

{{ alert_spells('observations', 'rules', 'opening', 'parameters') }},

{{ alert_tellings('spells', 'rules', 'opening', 'silences', 'mute_times', 'inhibitions') }},

before as (
    select
        *,
        coalesce(lag(told_rank) over spell, opening_told_rank) as told_rank_before,
        coalesce(lag(severity_rank) over spell, opening_severity_rank) as severity_rank_before,
        coalesce(lag(is_escalation_told) over spell, opening_is_escalation_told) as was_escalation_told,
        coalesce(lag(is_recovery_told) over spell, opening_is_recovery_told) as was_recovery_told
    from told
    window spell as (partition by rule, entity_id, opened_on order by alert_date)
)

select
    spells.rule,
    spells.entity_id,
    spells.alert_date,
    spells.observed_value,
    case
        when spells.ends_by is not null then 'closed'
        when spells.inhibited_by is not null then 'inhibited'
        when
            spells.level is null
            and coalesce({{ days_between('spells.value_date', 'spells.alert_date') }} >= rules.value_stands_days, true)
            then 'no_data'
        when spells.is_open and spells.ok_count > 0 then 'recovering'
        when spells.is_open and spells.severity_rank >= 2 then 'critical'
        when spells.is_open then 'warning'
        when spells.breach_count > 0 then 'pending'
        else 'ok'
    end as state,
    spells.is_open,
    spells.was_open,
    spells.opened_on,
    spells.closed_on,
    spells.value_date,
    spells.ends_by,
    before.blocked_by,
    before.held_by,
    cast(spells.breach_count as bigint) as breach_count,
    cast(spells.ok_count as bigint) as ok_count,
    cast(spells.severity_rank as integer) as severity_rank,
    cast(before.severity_rank_before as integer) as severity_rank_before,
    cast(before.told_rank as integer) as told_rank,
    cast(before.told_rank_before as integer) as told_rank_before,
    coalesce(before.is_escalation_told, false) as is_escalation_told,
    coalesce(before.was_escalation_told, false) as was_escalation_told,
    coalesce(before.is_recovery_told, false) as is_recovery_told,
    coalesce(before.was_recovery_told, false) as was_recovery_told
from spells
inner join rules on spells.rule = rules.rule
left join before
    on
        spells.rule = before.rule
        and spells.entity_id = before.entity_id
        and spells.alert_date = before.alert_date
