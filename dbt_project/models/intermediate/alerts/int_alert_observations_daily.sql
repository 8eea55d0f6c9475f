with

rules as (select * from {{ ref('dim_alert_rules') }} where problem is null),

inhibitions as (select * from {{ ref('alert_inhibitions') }} where kind in ('stale_source', 'condition')),

freshness as (select * from {{ ref('fct_source_freshness_daily') }} where {{ in_rebuild_window('date_day') }}),

sources_needed as (
    select
        rules.rule,
        metric_sources.source
    from rules
    inner join {{ ref('dim_metric_sources') }} as metric_sources on rules.metric = metric_sources.metric
    where rules.grain in ('segment', 'portfolio')
    union all
    select
        rules.rule,
        measures.source
    from rules
    inner join {{ ref('alert_measures') }} as measures on rules.metric = measures.measure
    where rules.grain = 'account'
),

stale_days as (
    select distinct
        sources_needed.rule,
        freshness.date_day as alert_date
    from freshness
    inner join sources_needed on freshness.source = sources_needed.source
    where freshness.is_stale
),

observed as (
    select * from {{ ref('int_alert_account_values') }}
    union all
    select
        *,
        false as has_left,
        false as is_leaving,
        false as has_incident,
        false as is_past
    from {{ ref('int_alert_metric_values') }}
    union all
    select
        rules.rule,
        freshness.source as entity_id,
        freshness.date_day as alert_date,
        case when freshness.is_stale then 1.0 else 0.0 end as observed_value,
        false as has_left,
        false as is_leaving,
        false as has_incident,
        false as is_past
    from freshness
    inner join rules on rules.grain = 'source' and freshness.date_day between rules.valid_from and rules.valid_to
)

-- What is inhibited is not looked at on the day: it counts for nothing, and nothing of it is reset.
select
    observed.rule,
    observed.entity_id,
    observed.alert_date,
    observed.observed_value,
    case
        when observed.alert_date >= rules.valid_to then 'rule_retired'
        when observed.has_left then 'left'
        when observed.is_past then 'past'
    end as ends_by,
    min(inhibitions.inhibition) as inhibited_by
from observed
inner join rules on observed.rule = rules.rule
left join stale_days on observed.rule = stale_days.rule and observed.alert_date = stale_days.alert_date
left join inhibitions
    on
        observed.alert_date >= inhibitions.valid_from
        and observed.alert_date < inhibitions.valid_to
        and coalesce(inhibitions.target_topic, rules.topic) = rules.topic
        and coalesce(inhibitions.target_rule, rules.rule) = rules.rule
        and case
            when inhibitions.kind = 'stale_source' then stale_days.rule is not null
            when inhibitions.source = 'leaving' then observed.is_leaving
            when inhibitions.source = 'incident' then observed.has_incident
        end
group by
    observed.rule,
    observed.entity_id,
    observed.alert_date,
    observed.observed_value,
    rules.valid_to,
    observed.has_left,
    observed.is_past
