{#- The column by whose days the tested model is rebuilt; nothing where it is built whole. -#}
{% macro tested_day_column(model) %}
    {%- if execute -%}
        {%- for id in graph.nodes if graph.nodes[id].resource_type == 'model' and graph.nodes[id].name == model.identifier -%}
            {%- if graph.nodes[id].config.incremental_strategy == 'replace_days' -%}
                {{ return(graph.nodes[id].config.event_time) }}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return('') }}
{% endmacro %}
