{#- By how many points a score changed by what the customer did: where it would be now if their behaviour, and the rules that
    it sets off, were all that changed, less where it was. Under a cap nothing that they do is seen. -#}
{% macro customer_change(base_score_then, behaviour_effect, cap, health_score_then) -%}
    least({{ base_score_then }} + coalesce({{ behaviour_effect }}, 0), coalesce({{ cap }}, 100)) - {{ health_score_then }}
{%- endmacro %}
