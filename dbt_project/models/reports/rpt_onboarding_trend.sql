with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    metrics.metric_date,
    metrics.metric,
    metrics.status,
    metrics.numerator,
    metrics.denominator,
    metrics.metric_value,
    metrics.interval_low,
    metrics.interval_high,
    metrics.matures_on
from metrics
inner join parameters
    on
        metrics.metric_date <= parameters.as_of_date
        and metrics.metric_date > parameters.as_of_date - 366
where
    metrics.dimension = 'all'
    and metrics.metric in (
        'activation_rate', 'ttfv_hours', 'time_to_adopt_days', 'onboarding_pct', 'onboarding_completion_rate_30d',
        'onboarding_completion_rate_60d', 'onboarding_completion_rate_90d'
    )
