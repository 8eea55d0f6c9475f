{#- The metrics in the order of dbt_project.yml, each with its chapter, all that the meta of its entry says of it (kind,
    window_days, min_n, source and more), and all the sources that it needs. -#}
{% macro metric_catalogue() %}
    {%- set required_meta = [
        'definition', 'label', 'unit', 'direction', 'window_days', 'kind', 'min_n', 'source', 'owner'
    ] -%}
    {%- set names = [] -%}
    {%- for chapter in var('metrics') -%}{%- do names.extend(var('metrics')[chapter]) -%}{%- endfor -%}
    {%- set catalogue = [] -%}
    {%- for about in family_members('metric', 'metrics', names, required_meta) -%}
        {%- do catalogue.append(dict(
            about, metric=about.name, chapter=about.folder, sources=[about.source] + about.get('needs', [])
        )) -%}
    {%- endfor -%}
    {{ return(catalogue) }}
{% endmacro %}
