{#- A month of risk for tables, which count a departure once; 42 days where accounts are compared
    once each. -#}
{%- set outcomes = [
    {'outcome': 'churn_28d', 'days': 28, 'last_lag': 0},
    {'outcome': 'churn_42d', 'days': 42, 'last_lag': 8},
    {'outcome': 'health_score', 'days': 0, 'last_lag': 8},
] -%}

with

attributes as (select * from {{ ref('int_account_attributes_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

spells as (select * from {{ ref('int_paid_spells_merged') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

service_days as (
    select
        account_id,
        activity_date,
        lead(activity_date) over (
            partition by account_id
            order by activity_date
        ) as next_service_date
    from subscription_days
    where is_customer
),

-- The first day without service, once the days of grace have passed without any; who completed did not depart.
departures as (
    select
        service_days.account_id,
        service_days.activity_date + 1 as departure_date
    from service_days
    cross join parameters
    left join spells
        on
            service_days.account_id = spells.account_id
            and service_days.activity_date + 1 = spells.spell_end
            and spells.is_completed
    where
        spells.account_id is null
        and {{
            days_between(
                'service_days.activity_date',
                'coalesce(service_days.next_service_date, parameters.as_of_date + 1)'
            )
        }} > {{ var('churn_grace_days') }}
),

-- Who had asked to leave is not at risk any more.
snapshots as (
    select
        attributes.account_id,
        attributes.activity_date as snapshot_date,
        min(departures.departure_date) as departure_date
    from attributes
    left join departures
        on
            attributes.account_id = departures.account_id
            and attributes.activity_date < departures.departure_date
    where
        attributes.is_in_population
        and attributes.lifecycle_stage != 'cancelling'
        and extract(day from attributes.activity_date + 1) = 1
    group by attributes.account_id, attributes.activity_date
),

lagged as (
    {%- for outcome in outcomes %}
        {%- for lag in range(outcome.last_lag + 1) %}
            select
                account_id,
                snapshot_date,
                departure_date,
                '{{ outcome.outcome }}' as outcome,
                {{ lag }} as lag_weeks,
                snapshot_date + {{ 7 * lag }} as outcome_from,
                snapshot_date + {{ 7 * lag + outcome.days }} as outcome_to,
                snapshot_date + {{ 7 * lag + outcome.days }} + {{ var('churn_grace_days') if outcome.days else 0 }}
                    as matures_on
            from snapshots
            {% if not (loop.last and outcome.outcome == 'health_score') %}union all{% endif %}
        {%- endfor %}
    {%- endfor %}
)

select
    lagged.account_id,
    lagged.snapshot_date,
    lagged.outcome,
    cast(lagged.lag_weeks as bigint) as lag_weeks,
    case
        when lagged.matures_on > parameters.as_of_date then null
        when lagged.outcome = 'health_score' then health.health_score
        when lagged.departure_date <= lagged.outcome_to then 1
        else 0
    end as outcome_value,
    lagged.matures_on
from lagged
cross join parameters
left join health
    on
        lagged.account_id = health.account_id
        and lagged.outcome_to = health.score_date
-- Who left before the outcome could begin cannot have it.
where lagged.departure_date is null or lagged.departure_date > lagged.outcome_from
