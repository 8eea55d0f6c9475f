{#- Sixteen hexadecimal digits (64 bits) of a hash of key and text; null for null. -#}
{% macro keyed_hash(key, column) -%}
    {{ return(adapter.dispatch('keyed_hash')(key, column)) }}
{%- endmacro %}

{% macro default__keyed_hash(key, column) -%}
    substr(md5({{ key }} || {{ column }}), 1, 16)
{%- endmacro %}

{% macro spark__keyed_hash(key, column) -%}
    substr(md5(concat({{ key }}, {{ column }})), 1, 16)
{%- endmacro %}
