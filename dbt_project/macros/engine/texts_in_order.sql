{#- Texts of a group as one text, in their own order. -#}
{% macro texts_in_order(column, separator) -%}
    {{ return(adapter.dispatch('texts_in_order')(column, separator)) }}
{%- endmacro %}

{% macro default__texts_in_order(column, separator) -%}
    string_agg({{ column }}, '{{ separator }}' order by {{ column }})
{%- endmacro %}

{% macro spark__texts_in_order(column, separator) -%}
    listagg({{ column }}, '{{ separator }}') within group (order by {{ column }})
{%- endmacro %}
