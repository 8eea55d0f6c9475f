{#- Whether a time is a date without a time of day, which exports write as midnight. -#}
{% macro is_bare_date(column) -%}
    {{ column }} = date_trunc('day', {{ column }})
{%- endmacro %}
