with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    metrics.metric_date,
    metrics.metric,
    metrics.status,
    metrics.metric_value
from metrics
cross join parameters
where
    metrics.dimension = 'all'
    and metrics.metric in (
        'session_error_rate_28d', 'errors_per_engaged_hour_28d', 'page_load_p95_28d', 'api_latency_p95_28d',
        'uptime_mean_28d', 'uptime_worst_28d', 'error_budget_remaining_worst_30d', 'felt_downtime_minutes_28d_acct_mean'
    )
    and {{ days_between('metrics.metric_date', 'parameters.as_of_date') }} % 7 = 0
    and {{ days_between('metrics.metric_date', 'parameters.as_of_date') }} <= 52 * 7
