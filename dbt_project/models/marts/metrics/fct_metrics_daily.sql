{%- for metric in all_metrics() %}
    select * from {{ ref('metric_' ~ metric) }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
