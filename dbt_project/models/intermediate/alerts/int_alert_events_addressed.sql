{{ config(materialized='ephemeral') }}

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
)

select
    *,
    row_number() over (
        partition by channel, audience, week_start
        order by event_date, case severity when 'critical' then 1 else 2 end, -coalesce(mrr, 0), event_id
    ) as week_rank,
    count(*) over (partition by channel, audience, route, event_date) as same_day_count
from addressed
