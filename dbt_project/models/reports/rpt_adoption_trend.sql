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
    and metrics.metric in ('feat_adopt_user_28d', 'feat_breadth_28d', 'feat_depth_28d', 'product_adoption_rate')
    and {{ days_between('metrics.metric_date', 'parameters.as_of_date') }} % 7 = 0
    and {{ days_between('metrics.metric_date', 'parameters.as_of_date') }} <= 52 * 7
