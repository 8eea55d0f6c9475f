with

ranked as (select * from {{ ref('int_alert_events_addressed') }}),

events as (select * from {{ ref('fct_alert_events') }}),

open_alerts as (select * from {{ ref('fct_alert_states') }} where is_open),

deliveries as (select * from {{ ref('stg_run__alert_deliveries') }}),

-- The last thing that the book says of an event and whoever is to hear it; what was tried on paper is no telling.
booked as (
    select * from deliveries
    where mode = 'live'
    qualify row_number() over (partition by event_id, channel, audience order by line_number desc) = 1
),

-- Until that day somebody was there to tell it.
tried as (
    select max(events.event_date) as last_date
    from booked
    inner join events on booked.event_id = events.event_id
)

-- What was never tried because nothing ran for days is told late, as long as it is still open.
select
    ranked.event_id,
    ranked.alert_id,
    ranked.rule,
    ranked.route,
    ranked.channel,
    ranked.audience,
    case
        when ranked.week_rank > {{ var('alert_weekly_budget') }} then 'over_budget'
        when ranked.same_day_count > {{ var('alert_digest_from') }} then 'digest'
        else 'single'
    end as form,
    case
        when booked.state in ('sent', 'skipped') then booked.state
        when
            ranked.event_date < ranked.as_of_date - {{ var('alert_expires_after_days') }}
            and not coalesce(
                booked.event_id is null and open_alerts.rule is not null and ranked.event_date >= tried.last_date, false
            )
            then 'expired'
        else coalesce(booked.state, 'pending')
    end as delivery_state,
    ranked.event,
    ranked.severity,
    ranked.grain,
    ranked.entity_id,
    {{ entity_in_words('ranked', 'ranked.account_name') }} as entity_name,
    ranked.label,
    ranked.unit,
    ranked.runbook,
    ranked.decision_reason,
    ranked.is_late,
    coalesce(booked.attempt_number, 0) as attempt_count,
    ranked.observed_value,
    ranked.mrr,
    ranked.opened_on,
    ranked.event_date,
    booked.noted_at as delivery_noted_at
from ranked
cross join tried
left join open_alerts
    on
        ranked.rule = open_alerts.rule
        and ranked.entity_id = open_alerts.entity_id
        and ranked.opened_on = open_alerts.opened_on
        and ranked.as_of_date = open_alerts.alert_date
left join booked
    on
        ranked.event_id = booked.event_id
        and ranked.channel = booked.channel
        and ranked.audience = booked.audience
