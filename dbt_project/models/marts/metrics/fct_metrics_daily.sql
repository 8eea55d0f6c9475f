{%- for metric in var('metrics') %}
    select * from {{ ref('metric_' ~ metric) }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
