{{ config(materialized='ephemeral') }}

with

health as (select * from {{ ref('fct_account_health_daily') }}),

overrides as (select * from {{ ref('fct_account_health_overrides_daily') }}),

changes as (select * from {{ ref('int_customer_changes_28d') }}),

rhythms as (select * from {{ ref('int_account_rhythms_daily') }}),

freshness as (select * from {{ ref('fct_source_freshness_daily') }} where source = 'product_events'),

alerts as (select * from {{ ref('fct_alert_events') }}),

alert_rules as (select * from {{ ref('dim_alert_rules') }}),

printed as (select * from {{ ref('int_printed_outlooks') }})

-- What could have said so, one select each; a row is a day on which it did, on what that day knew. What stands on the
-- attention list or is sent as an alert (is_listed) is told on the days on which anything was published; what was
-- printed (is_printed) was told.
select
    account_id,
    score_date as said_on,
    'rule' as detector_kind,
    override_rule as detector,
    false as is_listed,
    false as is_printed
from overrides

union all

select
    account_id,
    score_date as said_on,
    'band' as detector_kind,
    'at_risk' as detector,
    true as is_listed,
    false as is_printed
from health
where band = 'at_risk'

union all

select
    changes.account_id,
    changes.score_date as said_on,
    'fall' as detector_kind,
    'fell_by_what_they_did' as detector,
    true as is_listed,
    false as is_printed
from changes
inner join health using (account_id, score_date)
where health.status = 'ok' and changes.customer_change <= -{{ var('large_change_points') }}

union all

select
    rhythms.account_id,
    rhythms.activity_date as said_on,
    'silence' as detector_kind,
    'gone_quiet' as detector,
    false as is_listed,
    false as is_printed
from rhythms
inner join freshness on rhythms.activity_date = freshness.date_day
where
    not freshness.is_stale
    and {{ days_between('rhythms.last_active_date', 'rhythms.activity_date') }} >= {{ var('quiet_after_days') }}

union all

-- That a renewal is near comes to everybody and says nothing of who leaves.
select
    alerts.entity_id as account_id,
    alerts.event_date as said_on,
    'alert' as detector_kind,
    'alert: ' || alerts.rule as detector,
    alerts.decision = 'told' as is_listed,
    false as is_printed
from alerts
inner join alert_rules using (rule)
where
    alert_rules.grain = 'account'
    and alert_rules.status = 'live'
    and alert_rules.topic != 'renewal'
    and alerts.event in ('opened', 'worsened', 'escalated')

union all

-- Only what was printed was said: the model of today has learned from who has left since.
select distinct
    account_id,
    prediction_date as said_on,
    'model' as detector_kind,
    'outlook' as detector,
    false as is_listed,
    true as is_printed
from printed
where is_warning
