with

events as (select * from {{ ref('fct_alert_events') }} where event = 'opened'),

outcomes as (
    select * from {{ ref('fct_account_outcomes') }}
    where label = 'churn' and horizon_days = {{ var('alert_outcome_days') }} and is_event is not null
),

churns as (select * from {{ ref('fct_churns') }}),

-- An alert is opened once, however often something kept it back.
opened as (
    select
        rule,
        entity_id,
        opened_on,
        bool_or(decision = 'told') as is_told
    from events
    group by rule, entity_id, opened_on
),

left_on as (
    select
        opened.rule,
        opened.entity_id,
        opened.opened_on,
        min(churns.churn_date) as churn_date
    from opened
    inner join churns on opened.entity_id = churns.account_id and opened.opened_on <= churns.churn_date
    group by opened.rule, opened.entity_id, opened.opened_on
)

-- What became of the account is asked of the first Monday on which the alert was there to be seen.
select
    opened.rule,
    opened.entity_id,
    opened.opened_on,
    opened.is_told,
    outcomes.is_event,
    case
        when outcomes.is_event and left_on.churn_date is not null
            then {{ days_between('opened.opened_on', 'left_on.churn_date') }}
    end as lead_days
from opened
left join left_on
    on
        opened.rule = left_on.rule
        and opened.entity_id = left_on.entity_id
        and opened.opened_on = left_on.opened_on
left join outcomes
    on
        opened.entity_id = outcomes.account_id
        and opened.opened_on <= outcomes.snapshot_date
        and opened.opened_on > outcomes.snapshot_date - 7
