{#- The value, or the bound where it lies below; empty where the value is, which `greatest` would not keep. -#}
{% macro not_below(value, bound) -%}
    case when {{ value }} < {{ bound }} then {{ bound }} else {{ value }} end
{%- endmacro %}
