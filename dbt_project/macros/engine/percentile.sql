{#- Exact percentile by linear interpolation, as a double. -#}
{% macro percentile(column, share) -%}
    {{ return(adapter.dispatch('percentile')(column, share)) }}
{%- endmacro %}

{% macro default__percentile(column, share) -%}
    quantile_cont(cast({{ column }} as double), {{ share }})
{%- endmacro %}

{% macro spark__percentile(column, share) -%}
    percentile(cast({{ column }} as double), {{ share }})
{%- endmacro %}
