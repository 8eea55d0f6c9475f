{{ config(
    materialized='incremental', incremental_strategy='replace_days', unique_key='metric_date',
    meta={'settles_after_days': var('metrics_settle_after_days')}
) }}

{%- for metric in all_metrics() %}
    select * from {{ ref('metric_' ~ metric) }}
    where {{ is_rebuilt('metric_date', look_back=var('metrics_settle_after_days')) }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
