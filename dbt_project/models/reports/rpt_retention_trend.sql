with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

-- Thirteen months, so that each has the same month of the year before; what is due is as of the last day.
select
    metrics.metric_date,
    metrics.metric,
    metrics.status,
    metrics.metric_value,
    metrics.interval_low,
    metrics.interval_high,
    metrics.numerator,
    metrics.denominator,
    metrics.matures_on
from metrics
cross join parameters
where
    metrics.dimension = 'all'
    and (
        (
            metrics.metric in (
                'logo_churn_rate', 'early_churn_rate', 'grr_churn', 'nrr_churn', 'renewal_rate_logo',
                'renewal_rate_value', 'resurrected_customers', 'save_rate'
            )
            and metrics.metric_date > {{ months_later('parameters.as_of_date', -13) }}
        )
        or (metrics.metric = 'exposed_mrr_90d' and metrics.metric_date = parameters.as_of_date)
    )
