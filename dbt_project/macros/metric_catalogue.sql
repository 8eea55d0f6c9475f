{#- The metrics in the order of dbt_project.yml, each with its chapter and what _metrics.yml says of it. -#}
{% macro metric_catalogue() %}
    {%- set catalogue = [] -%}
    {%- for chapter, metrics in var('metrics').items() -%}
        {%- for metric in metrics -%}
            {%- if execute -%}
                {%- set model = graph.nodes['model.customer_health.metric_' ~ metric] -%}
                {%- set definition = model.description.split(' One row per')[0] | trim | replace("'", "''") -%}
                {%- do catalogue.append(dict(model.config.meta, metric=metric, chapter=chapter, definition=definition)) -%}
            {%- else -%}
                {%- do catalogue.append({'metric': metric, 'chapter': chapter, 'window_days': 0, 'min_n': 0}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(catalogue) }}
{% endmacro %}


{#- The names of all metrics, chapter by chapter. -#}
{% macro all_metrics() %}
    {%- set names = [] -%}
    {%- for chapter in var('metrics').values() -%}{%- do names.extend(chapter) -%}{%- endfor -%}
    {{ return(names) }}
{% endmacro %}
