{#- 100 times the share of promoters less the share of detractors; passives are in the answers only. -#}
{% macro net_promoter_score(promoters, detractors, answers) -%}
    (100.0 * ({{ promoters }} - {{ detractors }}) / nullif(cast({{ answers }} as double), 0))
{%- endmacro %}


{#- Half of the 95 % interval of the score: half_width_95 times 100 sqrt((p + q - (p - q)^2) / n), and no less than
    variance_with_three_more allows. -#}
{% macro net_promoter_margin(promoters, detractors, answers) -%}
    ({{ half_width_95() }} * 100 * sqrt(greatest(
        (
            ({{ promoters }} + {{ detractors }}) / nullif(cast({{ answers }} as double), 0)
            - power(({{ promoters }} - {{ detractors }}) / nullif(cast({{ answers }} as double), 0), 2)
        ) / nullif(cast({{ answers }} as double), 0),
        {{ variance_with_three_more(promoters ~ ' - ' ~ detractors, promoters ~ ' + ' ~ detractors, answers) }}
    )))
{%- endmacro %}


{#- The least variance of a mean of answers from -1 to 1, of their sum and the sum of their squares: that with three
    answers more, a quarter at either end (adjusted Wald, Rocks 2016). Ten who all say the same leave no variance, and
    are not sure of the eleventh. -#}
{% macro variance_with_three_more(total, square_total, answers) -%}
    (
        ({{ square_total }} + 1.5) / (nullif(cast({{ answers }} as double), 0) + 3)
        - power(({{ total }}) / (nullif(cast({{ answers }} as double), 0) + 3), 2)
    ) / (nullif(cast({{ answers }} as double), 0) + 3)
{%- endmacro %}
