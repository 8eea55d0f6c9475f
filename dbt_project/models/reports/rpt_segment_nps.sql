with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    metrics.dimension,
    metrics.segment,
    metrics.status,
    metrics.metric_value as nps,
    metrics.interval_low,
    metrics.interval_high,
    cast(metrics.sample_size as bigint) as answer_count
from metrics
inner join parameters on metrics.metric_date = parameters.as_of_date
where metrics.metric = 'nps_90d' and metrics.status != 'source_unavailable'
