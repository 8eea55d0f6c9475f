with

events as (select * from {{ ref('fct_alert_events') }} where event = 'opened'),

outcomes as (
    select * from {{ ref('fct_account_outcomes') }}
    where label = 'churn' and horizon_days = {{ var('alert_outcome_days') }} and is_event is not null
),

churns as (select * from {{ ref('fct_churns') }}),

requests as (select * from {{ ref('fct_cancel_requests') }}),

-- An alert is opened once, however often something kept it back. What became of the account is asked of the first
-- Monday on which the alert was there to be seen.
opened as (
    select
        rule,
        entity_id,
        opened_on,
        cast(date_trunc('week', opened_on + 6) as date) as asked_on,
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
),

-- As in int_account_snapshots: whoever has asked to cancel needs no prediction.
leaving as (
    select distinct
        opened.rule,
        opened.entity_id,
        opened.opened_on,
        true as is_leaving
    from opened
    inner join requests
        on
            opened.entity_id = requests.account_id
            and opened.asked_on >= requests.requested_date
            and opened.asked_on < requests.matures_on
)

select
    rule,
    entity_id,
    opened_on,
    opened.is_told,
    coalesce(leaving.is_leaving, false) as is_already_leaving,
    outcomes.is_event,
    case
        when outcomes.is_event and left_on.churn_date is not null
            then {{ days_between('opened_on', 'left_on.churn_date') }}
    end as lead_days
from opened
left join left_on using (rule, entity_id, opened_on)
left join leaving using (rule, entity_id, opened_on)
left join outcomes on opened.entity_id = outcomes.account_id and opened.asked_on = outcomes.snapshot_date
