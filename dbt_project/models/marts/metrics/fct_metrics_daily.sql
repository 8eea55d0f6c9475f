{{ config(
    materialized='incremental', incremental_strategy='replace_days', event_time='metric_date',
    meta={'settles_after_days': var('metrics_settle_after_days')}
) }}

{%- for metric in all_metrics() %}
    select * from {{ ref('metric_' ~ metric) }}
    where {{ in_rebuild_window('metric_date', look_back=var('metrics_settle_after_days')) }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
