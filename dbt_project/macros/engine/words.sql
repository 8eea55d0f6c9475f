{#- A word as words are compared: small letters and digits only. -#}
{% macro folded_word(column) -%}
    {{ return(adapter.dispatch('folded_word')(column)) }}
{%- endmacro %}

{% macro default__folded_word(column) -%}
    regexp_replace(lower({{ column }}), '[^\p{L}\p{N}]+', '', 'g')
{%- endmacro %}

{% macro spark__folded_word(column) -%}
    regexp_replace(lower({{ column }}), '[^\\p{L}\\p{N}]+', '')
{%- endmacro %}
