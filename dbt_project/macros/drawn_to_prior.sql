{#- A rate, drawn towards its prior as long as little is known of it; null of what is no rate, and where no prior is known. -#}
{% macro drawn_to_prior(measured, weight, prior) -%}
    case
        when {{ weight }} > 0
            then ({{ measured }}.numerator + {{ weight }} * {{ prior }}) / ({{ measured }}.denominator + {{ weight }})
    end
{%- endmacro %}
