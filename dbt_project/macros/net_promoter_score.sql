{#- 100 times the share of promoters less the share of detractors; passives are in the answers only. -#}
{% macro net_promoter_score(promoters, detractors, answers) -%}
    (100.0 * ({{ promoters }} - {{ detractors }}) / nullif(cast({{ answers }} as double), 0))
{%- endmacro %}


{#- Half of the 95 % interval of the score: half_width_95 times 100 sqrt((p + q - (p - q)^2) / n). -#}
{% macro net_promoter_margin(promoters, detractors, answers) -%}
    ({{ half_width_95() }} * 100 * sqrt(greatest(
        ({{ promoters }} + {{ detractors }}) / nullif(cast({{ answers }} as double), 0)
        - power(({{ promoters }} - {{ detractors }}) / nullif(cast({{ answers }} as double), 0), 2),
        0
    ) / nullif(cast({{ answers }} as double), 0)))
{%- endmacro %}
