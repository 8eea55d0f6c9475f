{#- Passes when each value that these variables of dbt_project.yml name stands in the column. -#}
{% test holds_each_setting(model, column_name, variables) %}

with

wanted as (
    {%- for variable in variables %}
        select
            '{{ variable }}' as setting,
            '{{ var(variable) }}' as {{ column_name }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select wanted.*
from wanted
left join {{ model }} as held using ({{ column_name }})
where held.{{ column_name }} is null

{% endtest %}
