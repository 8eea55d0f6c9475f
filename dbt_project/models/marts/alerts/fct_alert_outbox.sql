with

rules as (select * from {{ ref('dim_alert_rules') }}),

events as (
    select
        events.*,
        case when rules.grain = 'account' then events.entity_id end as account_id
    from {{ ref('fct_alert_events') }} as events
    inner join rules on events.rule = rules.rule
    where events.decision = 'told'
),

routes as (select * from {{ ref('alert_routes') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

revenue as (select * from {{ ref('fct_account_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

deliveries as (select * from {{ ref('stg_run__alert_deliveries') }}),

-- The week is needed whole, as whoever has been told of enough alerts in it gets the rest as a list.
addressed as (
    select
        events.*,
        rules.route,
        routes.channel,
        case
            when routes.audience != 'owner' then routes.audience
            when rules.owner = 'csm' then coalesce(accounts.csm_id, 'nobody')
            else rules.owner
        end as audience,
        rules.grain,
        rules.label,
        rules.unit,
        rules.runbook,
        accounts.account_name,
        revenue.mrr,
        date_trunc('week', events.event_date) as week_start,
        parameters.as_of_date
    from events
    cross join parameters
    inner join rules on events.rule = rules.rule
    inner join routes
        on
            rules.route = routes.route
            and (routes.minimum_severity = 'warning' or events.severity = 'critical')
    left join accounts on events.account_id = accounts.account_id
    left join revenue on events.account_id = revenue.account_id and events.event_date = revenue.activity_date
    where events.event_date > parameters.as_of_date - 14
),

ranked as (
    select
        *,
        row_number() over (
            partition by channel, audience, week_start
            order by event_date, case severity when 'critical' then 1 else 2 end, -coalesce(mrr, 0), event_id
        ) as week_rank,
        count(*) over (partition by channel, audience, route, event_date) as same_day_count
    from addressed
),

-- The last thing that the book says of an event and whoever is to hear it; what was tried on paper is no telling.
booked as (
    select * from deliveries
    where mode = 'live'
    qualify row_number() over (partition by event_id, channel, audience order by line_number desc) = 1
)

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
        when ranked.event_date < ranked.as_of_date - {{ var('alert_expires_after_days') }} then 'expired'
        else coalesce(booked.state, 'pending')
    end as delivery_state,
    ranked.event,
    ranked.severity,
    ranked.grain,
    ranked.entity_id,
    case when ranked.entity_id = '*' then 'all accounts' else coalesce(ranked.account_name, ranked.entity_id) end
        as entity_name,
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
left join booked
    on
        ranked.event_id = booked.event_id
        and ranked.channel = booked.channel
        and ranked.audience = booked.audience
