{%- set money = var('reporting_currency') -%}
{#- Name, unit, value and value 28 days before; in the order of the page. -#}
{%- set portfolio_facts = [
    ('customer_count', 'accounts', 'customer_count', 'earlier_customer_count'),
    ('customers_ever_count', 'accounts', 'customers_ever_count', 'null'),
    ('mrr', money, 'mrr', 'earlier_mrr'),
    ('scored_count', 'accounts', 'scored_count', 'null'),
    ('health_score_by_mrr', 'points', 'health_score_by_mrr', 'earlier_health_score_by_mrr'),
    ('mean_health_score', 'points', 'mean_health_score', 'earlier_mean_health_score'),
    ('change_by_mrr', 'points', 'change_by_mrr', 'null'),
    ('customer_change_by_mrr', 'points', 'customer_change_by_mrr', 'null'),
    ('availability_change_by_mrr', 'points', 'availability_change_by_mrr', 'null'),
    ('model_change_by_mrr', 'points', 'model_change_by_mrr', 'null'),
    ('mean_change', 'points', 'mean_change', 'null'),
    ('mean_customer_change', 'points', 'mean_customer_change', 'null'),
    ('mean_availability_change', 'points', 'mean_availability_change', 'null'),
    ('mean_model_change', 'points', 'mean_model_change', 'null'),
    ('at_risk_count', 'accounts', 'at_risk_count', 'earlier_at_risk_count'),
    ('at_risk_mrr', money, 'at_risk_mrr', 'earlier_at_risk_mrr'),
    ('attention_count', 'accounts', 'attention_count', 'null'),
    ('moved_down_count', 'accounts', 'moved_down_count', 'null'),
    ('moved_up_count', 'accounts', 'moved_up_count', 'null'),
    ('moved_by_availability_count', 'accounts', 'moved_by_availability_count', 'null'),
    ('moved_by_model_count', 'accounts', 'moved_by_model_count', 'null'),
    ('left_count', 'accounts', 'left_count', 'null'),
    ('came_count', 'accounts', 'came_count', 'null'),
    ('renewals_90d_not_healthy_count', 'contracts', 'renewals_90d_not_healthy_count', 'null'),
    ('renewals_90d_not_healthy_mrr', money, 'renewals_90d_not_healthy_mrr', 'null'),
] -%}

with

accounts as (select * from {{ ref('rpt_accounts') }}),

changes as (select * from {{ ref('rpt_account_score_changes') }} where horizon_days = 28),

-- Of those with a score at both ends: by how much it changed, and by whose doing.
stayed as (
    select
        {%- for part in ['change', 'customer_change', 'availability_change', 'model_change'] %}
            avg(cast(changes.{{ part }} as decimal(18, 9))) as mean_{{ part }},
            sum(cast(changes.{{ part }} as decimal(18, 9)) * accounts.mrr) / nullif(sum(accounts.mrr), 0)
                as {{ part }}_by_mrr
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
    {%- for fact, unit, value, earlier in portfolio_facts %}
        select
            {{ loop.index }} as fact_order,
            '{{ fact }}' as fact,
            '{{ unit }}' as unit,
            cast({{ value }} as double) as fact_value,
            cast({{ earlier }} as double) as earlier_value
        from portfolio
        union all
    {%- endfor %}
    select
        100 as fact_order,
        metric as fact,
        unit,
        metric_value as fact_value,
        earlier_value
    from scorecard
    where metric in ('wau_7d', 'mau_28d', 'stickiness_28d', 'session_seconds_median_28d', 'usage_trend_28v28')
)

select
    facts.fact,
    facts.unit,
    cast(facts.fact_order as integer) as fact_order,
    facts.fact_value,
    facts.earlier_value,
    facts.fact_value - facts.earlier_value as change,
    case when facts.fact = 'customers_ever_count' then portfolio.last_left_date end as fact_date,
    portfolio.as_of_date,
    portfolio.as_of_date - 28 as earlier_date
from facts
cross join portfolio
