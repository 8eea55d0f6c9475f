{#- The metrics in the order of dbt_project.yml, each with what _metrics.yml says of it and all the sources it needs. -#}
{% macro metric_catalogue() %}
    {%- set catalogue = [] -%}
    {%- for metric in all_metrics() -%}
        {%- if execute -%}
            {%- set model = graph.nodes['model.customer_health.metric_' ~ metric] -%}
            {%- set definition = model.description.split(' One row per')[0] | trim | replace("'", "''") -%}
            {%- set sources = [model.config.meta.source] + model.config.meta.get('needs', []) -%}
            {%- do catalogue.append(dict(model.config.meta, metric=metric, definition=definition, sources=sources)) -%}
        {%- else -%}
            {%- do catalogue.append({'metric': metric, 'window_days': 0, 'min_n': 0, 'sources': ['']}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(catalogue) }}
{% endmacro %}


{#- The names of all metrics, chapter by chapter. -#}
{% macro all_metrics() %}
    {%- set names = [] -%}
    {%- for chapter in var('metrics').values() -%}{%- do names.extend(chapter) -%}{%- endfor -%}
    {{ return(names) }}
{% endmacro %}
