with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

dates as (select * from {{ ref('int_comparison_dates') }})

select
    metrics.metric,
    metrics.dimension,
    metrics.segment,
    dates.periods_back,
    metrics.metric_date,
    metrics.denominator,
    metrics.sample_size,
    metrics.metric_value
from metrics
inner join dates
    on
        metrics.metric = dates.metric
        and metrics.metric_date = dates.metric_date
where
    dates.comparison = 'previous_window'
    and dates.periods_back <= 8
    and metrics.status = 'ok'
