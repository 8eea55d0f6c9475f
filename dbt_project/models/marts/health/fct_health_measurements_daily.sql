{%- for component in var('health_components') %}
    select * from {{ ref('component_' ~ component) }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
