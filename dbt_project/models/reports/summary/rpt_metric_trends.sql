{#- What each section draws week by week, and month by month. -#}
{%- set weekly = {
    'activity': [
        'dau', 'wau_7d', 'mau_28d', 'stickiness_28d', 'session_seconds_median_28d', 'core_events_28d_per_user',
    ],
    'adoption': ['feat_adopt_user_28d', 'feat_breadth_28d', 'feat_depth_28d', 'product_adoption_rate'],
    'reliability': [
        'session_error_rate_28d', 'errors_per_engaged_hour_28d', 'page_load_p95_28d', 'api_latency_p95_28d',
        'uptime_mean_28d', 'uptime_worst_28d', 'error_budget_remaining_worst_30d', 'felt_downtime_minutes_28d_acct_mean',
    ],
    'sentiment': ['nps_90d', 'csat_90d', 'csat_tickets_90d', 'nps_response_rate_90d'],
    'support': [
        'backlog_tickets', 'tickets_28d', 'first_reply_hours_median_28d', 'first_resolution_hours_median_28d',
        'sla_attainment_28d',
    ],
} -%}
{%- set monthly = {
    'onboarding': [
        'activation_rate', 'ttfv_hours', 'time_to_adopt_days', 'onboarding_pct', 'onboarding_completion_rate_30d',
        'onboarding_completion_rate_60d', 'onboarding_completion_rate_90d',
    ],
    'retention': [
        'logo_churn_rate', 'early_churn_rate', 'grr_churn', 'nrr_churn', 'renewal_rate_logo', 'renewal_rate_value',
        'resurrected_customers', 'save_rate',
    ],
} -%}

with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

shown as (
    select
        metrics.*,
        parameters.as_of_date,
        {{ days_between('metrics.metric_date', 'parameters.as_of_date') }} as days_ago,
        case
            {%- for section, names in dict(weekly, **monthly).items() %}
                when
                    metrics.metric in (
                        {%- for name in names %}
                            '{{ name }}'{% if not loop.last %},{% endif %}
                        {%- endfor %}
                    )
                    then '{{ section }}'
            {%- endfor %}
            -- What is due is as of the last day alone.
            when metrics.metric = 'exposed_mrr_90d' and metrics.metric_date = parameters.as_of_date then 'retention'
        end as section
    from metrics
    cross join parameters
    where metrics.dimension = 'all'
)

select
    section,
    metric,
    metric_date,
    status,
    metric_value,
    interval_low,
    interval_high,
    numerator,
    denominator,
    sample_size,
    matures_on
from shown
where
    case
        when section = 'onboarding' then days_ago between 0 and 365
        -- Thirteen months, so that each has the same month of the year before.
        when section = 'retention' then metric_date > {{ months_later('as_of_date', -13) }}
        else section is not null and days_ago % 7 = 0 and days_ago <= 52 * 7
    end
