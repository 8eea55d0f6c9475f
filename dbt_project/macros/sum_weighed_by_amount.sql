{#- The sum of a value times an amount of money, as a double that no order of the rows changes. Of decimals of 18 digits at
    most DuckDB keeps no more in their product and stops where it has more, as a score of 90 times 120,000 a month has; one
    digit more makes room for 38. -#}
{% macro sum_weighed_by_amount(value, amount) -%}
cast(sum(cast({{ value }} as decimal(19, 9)) * {{ amount }}) as double)
{%- endmacro %}
