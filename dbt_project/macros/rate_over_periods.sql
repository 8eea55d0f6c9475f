{#- A loss per period brought to a number of periods: what is lost once cannot be lost again, so rates do not add.
    Three per cent a month are 30.6 per cent a year. -#}
{% macro rate_over_periods(rate, periods) -%}
    1 - power(1 - ({{ rate }}), {{ periods }})
{%- endmacro %}
