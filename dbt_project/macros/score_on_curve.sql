{#- The score of a value on the stretch of a curve that it lies on, a row of int_score_curve_segments. -#}
{% macro score_on_curve(stretch, value) -%}
    {{ stretch }}.score_from + ({{ value }} - {{ stretch }}.x_from) * {{ stretch }}.slope
{%- endmacro %}
