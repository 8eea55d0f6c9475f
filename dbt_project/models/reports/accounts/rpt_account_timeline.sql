{#- What an account goes through: kind, step that holds it, day, what identifies it, what it was, a number of it. -#}
{%- set kinds = [
    ('ticket', 'tickets', 'created_date', 'ticket_id', 'coalesce(topic, ticket_type)', 'null'),
    ('answer', 'surveys', 'response_date', 'response_id', 'survey_type', 'score'),
    ('outage', 'outage_days', 'activity_date', 'cast(activity_date as string)', "'service disturbed'", 'component_count'),
    ('feature adopted', 'adoptions', 'adopted_date', 'feature_id', 'feature_name', 'null'),
    ('release', 'adoptions', 'released_on', 'feature_id', 'feature_name', 'null'),
    ('cancellation asked', 'cancel_requests', 'requested_date', 'subscription_id', "'asked to cancel'", 'null'),
    ('payment failed', 'invoices', 'first_failed_date', 'billed_id', "'payment failed'", 'failed_attempt_count'),
    ('intervention', 'interventions', 'began_on', 'intervention_id', 'intervention_type', 'null'),
    ('alert', 'alerts', 'event_date', 'event_id', "label || ', ' || event", 'observed_value'),
    ('plan', 'plan_days', 'activity_date', 'plan_id', "plan_before || ' to ' || plan_id", 'null'),
    ('band', 'band_days', 'score_date', 'cast(score_date as string)', "band_before || ' to ' || band", 'health_score'),
] -%}

with

accounts as (select * from {{ ref('rpt_accounts') }}),

tickets as (select * from {{ ref('fct_tickets') }}),

surveys as (select * from {{ ref('fct_surveys') }}),

outages as (select * from {{ ref('fct_account_outages') }}),

features as (select * from {{ ref('dim_features') }}),

account_features as (select * from {{ ref('fct_account_features') }}),

cancel_requests as (select * from {{ ref('fct_cancel_requests') }}),

invoices as (select * from {{ ref('fct_invoices') }}),

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where was_done),

alerts as (
    select
        events.entity_id as account_id,
        events.event_date,
        events.event_id,
        rules.label,
        events.event,
        events.observed_value
    from {{ ref('fct_alert_events') }} as events
    inner join {{ ref('dim_alert_rules') }} as rules on events.rule = rules.rule
    where rules.grain = 'account' and rules.status = 'live'
),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }} where band is not null),

outage_days as (
    select
        account_id,
        activity_date,
        count(distinct component_id) as component_count
    from outages
    where is_mapped
    group by account_id, activity_date
),

adoptions as (
    select
        account_features.account_id,
        account_features.feature_id,
        account_features.adopted_date,
        features.feature_name,
        features.released_on
    from account_features
    inner join features using (feature_id)
),

plan_days as (
    select
        *,
        lag(plan_id) over (partition by account_id order by activity_date) as plan_before
    from subscription_days
    qualify plan_before != plan_id
),

band_days as (
    select
        *,
        lag(band) over (partition by account_id order by score_date) as band_before
    from health
    qualify band_before != band
),

happened as (
    {%- for kind, step, day, thing, what, amount in kinds %}
        {% if not loop.first %}union all{% endif %}
        select
            account_id,
            {{ day }} as happened_on,
            '{{ kind }}' as happening,
            {{ thing }} as happening_id,
            {{ what }} as what,
            cast({{ amount }} as double) as happening_value
        from {{ step }}
    {%- endfor %}
)

-- The last 52 weeks of each customer.
select happened.*
from happened
inner join accounts using (account_id)
where
    happened.happened_on <= accounts.as_of_date
    and {{ days_between('happened.happened_on', 'accounts.as_of_date') }} < 52 * 7
