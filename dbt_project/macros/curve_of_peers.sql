{#- The name of the curve that is made of the frozen percentiles of a component, in force from a day on. -#}
{% macro curve_of_peers(component, segment, valid_from) -%}
    {{ component }} || ':' || {{ segment }} || ':' || cast({{ valid_from }} as string)
{%- endmacro %}
