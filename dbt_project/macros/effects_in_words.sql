{#- A difference of shares in percentage points, with one digit, as text. -#}
{% macro in_points(share) -%}
    cast(cast(100 * {{ share }} as decimal(9, 1)) as string)
{%- endmacro %}


{#- A difference of logarithms in per cent, as text. -#}
{% macro in_percent(logarithm) -%}
    cast(cast(round(100 * (exp({{ logarithm }}) - 1)) as bigint) as string)
{%- endmacro %}
