{#- An amount of money as a decimal. One that no company has, and that no sum could hold, is not known. -#}
{% macro held_amount(amount) -%}
    case when abs({{ amount }}) < 1e12 then cast({{ amount }} as decimal(18, 6)) end
{%- endmacro %}
