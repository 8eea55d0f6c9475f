{#- A table with one row per whole number, column `number`, both ends included; it stands after `from`. -#}
{% macro number_series(first, last) -%}
    {{ return(adapter.dispatch('number_series')(first, last)) }}
{%- endmacro %}

{% macro default__number_series(first, last) -%}
    (select cast(unnest(generate_series(cast({{ first }} as bigint), cast({{ last }} as bigint))) as integer) as number)
{%- endmacro %}

{% macro spark__number_series(first, last) -%}
    (select explode(sequence(cast({{ first }} as int), cast({{ last }} as int))) as number)
{%- endmacro %}
