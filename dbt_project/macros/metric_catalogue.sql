{#- The metrics in the order of dbt_project.yml, each with its chapter, what its entry says of it and all the sources it
    needs. -#}
{% macro metric_catalogue() %}
    {%- set catalogue = [] -%}
    {%- for chapter, metrics in var('metrics').items() -%}
        {%- for metric in metrics -%}
            {%- set about = {'metric': metric, 'chapter': chapter} -%}
            {%- if execute -%}
                {%- set model = graph.nodes['model.customer_health.metric_' ~ metric] -%}
                {%- set definition = model.description.split(' One row per')[0] | trim | replace("'", "''") -%}
                {%- set sources = [model.config.meta.source] + model.config.meta.get('needs', []) -%}
                {%- set label = model.config.meta.label | replace("'", "''") -%}
                {%- do about.update(definition=definition, label=label, sources=sources) -%}
                {%- do catalogue.append(dict(model.config.meta, **about)) -%}
            {%- else -%}
                {%- do catalogue.append(dict(about, window_days=0, min_n=0, sources=[''])) -%}
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
