{#- 100 times the share of promoters less the share of detractors; passives are in the answers only. -#}
{% macro net_promoter_score(promoters, detractors, answers) -%}
    (100.0 * ({{ promoters }} - {{ detractors }}) / nullif(cast({{ answers }} as double), 0))
{%- endmacro %}


{#- Half of the 95 % interval of the score: half_width_95 times 100 sqrt((p + q - (p - q)^2) / n), and no less than with
    three answers more, of which three quarters are promoters and as many detractors (adjusted Wald, Rocks 2016): ten
    who all say the same leave no variance, and are not sure of the eleventh. -#}
{% macro net_promoter_margin(promoters, detractors, answers) -%}
    {%- set more = ['(' ~ promoters ~ ' + 0.75)', '(' ~ detractors ~ ' + 0.75)', '(nullif(' ~ answers ~ ', 0) + 3)'] -%}
    ({{ half_width_95() }} * 100 * sqrt(greatest(
        {{ variance_of_net_promoters(promoters, detractors, answers) }},
        {{ variance_of_net_promoters(*more) }}
    )))
{%- endmacro %}


{#- Variance of the share of promoters less that of detractors. -#}
{% macro variance_of_net_promoters(promoters, detractors, answers) -%}
    (
        ({{ promoters }} + {{ detractors }}) / nullif(cast({{ answers }} as double), 0)
        - power(({{ promoters }} - {{ detractors }}) / nullif(cast({{ answers }} as double), 0), 2)
    ) / nullif(cast({{ answers }} as double), 0)
{%- endmacro %}
