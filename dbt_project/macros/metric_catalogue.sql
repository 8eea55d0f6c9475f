{#- The metrics in the order of dbt_project.yml, each with what _metrics.yml says of it. -#}
{% macro metric_catalogue() %}
    {%- set catalogue = [] -%}
    {%- for metric in var('metrics') -%}
        {%- if execute -%}
            {%- set model = graph.nodes['model.customer_health.metric_' ~ metric] -%}
            {%- set definition = model.description.split(' One row per')[0] | trim | replace("'", "''") -%}
            {%- do catalogue.append(dict(model.config.meta, metric=metric, definition=definition)) -%}
        {%- else -%}
            {%- do catalogue.append({'metric': metric, 'window_days': 0, 'min_n': 0}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(catalogue) }}
{% endmacro %}
