{%- set money = var('reporting_currency') -%}
{#- In the order of the page; true where the value of 28 days before is known. -#}
{%- set portfolio_facts = [
    ('portfolio', 'accounts', true, ['customer_count']),
    ('portfolio', 'accounts', false, ['customers_ever_count']),
    ('portfolio', money, true, ['mrr']),
    ('portfolio', 'accounts', false, ['scored_count']),
    ('portfolio', 'points', true, ['health_score_by_mrr', 'mean_health_score']),
    ('portfolio', 'points', false, [
        'change_by_mrr', 'customer_change_by_mrr', 'availability_change_by_mrr', 'model_change_by_mrr',
        'mean_change', 'mean_customer_change', 'mean_availability_change', 'mean_model_change',
    ]),
    ('portfolio', 'accounts', true, ['at_risk_count']),
    ('portfolio', money, true, ['at_risk_mrr']),
    ('portfolio', 'accounts', false, [
        'attention_count', 'moved_down_count', 'moved_up_count', 'moved_by_availability_count', 'moved_by_model_count',
        'left_count', 'came_count',
    ]),
    ('portfolio', 'contracts', false, ['renewals_90d_not_healthy_count']),
    ('portfolio', money, false, ['renewals_90d_not_healthy_mrr']),
] -%}

with

accounts as (select * from {{ ref('rpt_accounts') }}),

changes as (select * from {{ ref('rpt_account_score_changes') }} where horizon_days = 28),

-- Of those with a score at both ends: by how much it changed, and by whose doing.
stayed as (
    select
        {%- for part in ['change', 'customer_change', 'availability_change', 'model_change'] %}
            cast(avg(cast(changes.{{ part }} as decimal(18, 9))) as double) as mean_{{ part }},
            {{ sum_weighed_by_amount('changes.' ~ part, 'accounts.mrr') }}
            / nullif(sum(accounts.mrr), 0) as {{ part }}_by_mrr
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from changes
    inner join accounts using (account_id)
),

-- Where nobody is a customer any more, the page says how many were, and until when.
ever as (
    select
        count(distinct subscription_days.account_id) as customers_ever_count,
        case
            when max(subscription_days.activity_date) < max(parameters.as_of_date)
                then max(subscription_days.activity_date) + 1
        end as last_left_date
    from {{ ref('fct_subscriptions_daily') }} as subscription_days
    inner join {{ ref('dim_accounts') }} as known_accounts using (account_id)
    inner join {{ ref('stg_run__parameters') }} as parameters
        on subscription_days.activity_date <= parameters.as_of_date
    where subscription_days.is_customer and not known_accounts.is_internal
),

portfolio as (
    select
        portfolio.*,
        stayed.*,
        ever.*
    from {{ ref('rpt_portfolio') }} as portfolio
    cross join stayed
    cross join ever
),

scorecard as (select * from {{ ref('rpt_metric_scorecard') }}),

facts as (
    {{ listed_values(portfolio_facts) }}
    union all
    select
        100 as value_order,
        metric as name,
        unit,
        metric_value as listed_value,
        earlier_value
    from scorecard
    where metric in ('wau_7d', 'mau_28d', 'stickiness_28d', 'session_seconds_median_28d', 'usage_trend_28v28')
)

select
    facts.name as fact,
    facts.unit,
    cast(facts.value_order as integer) as fact_order,
    facts.listed_value as fact_value,
    facts.earlier_value,
    facts.listed_value - facts.earlier_value as change,
    case when facts.name = 'customers_ever_count' then portfolio.last_left_date end as fact_date,
    portfolio.as_of_date,
    portfolio.as_of_date - 28 as earlier_date
from facts
cross join portfolio
