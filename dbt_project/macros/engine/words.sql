{#- The words of a text in lower case, one row each: runs of letters, digits and hyphens. It stands among the columns. -#}
{% macro words_of(column) -%}
    {{ return(adapter.dispatch('words_of')(column)) }}
{%- endmacro %}

{% macro default__words_of(column) -%}
    unnest(string_split_regex(lower({{ column }}), '[^a-z0-9-]+'))
{%- endmacro %}

{% macro spark__words_of(column) -%}
    explode(split(lower({{ column }}), '[^a-z0-9-]+'))
{%- endmacro %}
