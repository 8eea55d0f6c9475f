{#- Values of metrics of all customers, week by week over a year, back from the last complete day;
    with their interval and number of samples where a page draws them. -#}
{% macro weekly_values(metrics, has_interval=true) -%}
with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    metrics.metric_date,
    metrics.metric,
    metrics.status,
    metrics.metric_value
    {%- if has_interval %},
    metrics.interval_low,
    metrics.interval_high,
    metrics.sample_size
    {%- endif %}
from metrics
cross join parameters
where
    metrics.dimension = 'all'
    and metrics.metric in ('{{ metrics | join("', '") }}')
    and {{ days_between('metrics.metric_date', 'parameters.as_of_date') }} % 7 = 0
    and {{ days_between('metrics.metric_date', 'parameters.as_of_date') }} <= 52 * 7
{%- endmacro %}
