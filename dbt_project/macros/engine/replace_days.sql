{#- The incremental strategy of every table that grows with the days: it replaces the days that new rows can have
    changed, all of them and nothing before. `event_time` of its config names the column with the day; a model whose rows
    still change some days later says so in `meta.settles_after_days`, and its select must reach back as far. -#}
{% macro get_incremental_replace_days_sql(arguments) -%}
    {{ return(adapter.dispatch('replace_days_sql')(arguments)) }}
{%- endmacro %}

{% macro default__replace_days_sql(arguments) -%}
    {%- set columns = arguments.dest_columns | map(attribute='quoted') | join(', ') -%}
    delete from {{ arguments.target_relation }}
    where {{ config.get('event_time') }} >= {{ first_replaced_day() }};

    insert into {{ arguments.target_relation }} ({{ columns }})
    select {{ columns }}
    from {{ arguments.temp_relation }}
{%- endmacro %}

{% macro first_replaced_day() -%}
    {{ rebuild_from() }} - {{ config.get('meta', {}).get('settles_after_days', 0) }}
{%- endmacro %}
