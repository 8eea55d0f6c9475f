{#- Half the width of a 95 % interval, in standard errors: the 97.5th percentile of the standard normal distribution. -#}
{% macro half_width_95() -%}1.959964{%- endmacro %}


{#- Two-sided probability of a standard normal value at least as far from zero; Abramowitz and Stegun 26.2.17, right to 1.5e-7. -#}
{% macro two_sided_p(value) -%}
    {%- set t = '(1 / (1 + 0.2316419 * abs(' ~ value ~ ')))' -%}
    least(
        1.0,
        2 * 0.3989422804014327 * exp(-0.5 * {{ value }} * {{ value }}) * {{ t }} * (
            0.319381530 + {{ t }} * (
                -0.356563782 + {{ t }} * (1.781477937 + {{ t }} * (-1.821255978 + {{ t }} * 1.330274429))
            )
        )
    )
{%- endmacro %}


{#- Fisher's transform of a correlation, and back. A correlation of one has no transform, so it stops just short. -#}
{% macro fisher_z(correlation) -%}
    0.5 * ln((1 + least(greatest({{ correlation }}, -0.999999), 0.999999))
    / (1 - least(greatest({{ correlation }}, -0.999999), 0.999999)))
{%- endmacro %}


{% macro from_fisher_z(transformed) -%}
    (exp(2 * ({{ transformed }})) - 1) / (exp(2 * ({{ transformed }})) + 1)
{%- endmacro %}


{#- One end (side -1 or 1) of the 95 % interval of Spearman's rank correlation: variance of the transform 1.06 / (n - 3),
    Fieller, Hartley and Pearson 1957. -#}
{% macro spearman_bound(correlation, pair_count, side) -%}
    {{ from_fisher_z(fisher_z(correlation) ~ ' + ' ~ side ~ ' * ' ~ half_width_95() ~ ' * sqrt(1.06 / nullif(greatest(' ~ pair_count ~ ' - 3, 0), 0))') }}
{%- endmacro %}


{#- What a chi-square of so many degrees of freedom exceeds once in 100,000, and once in 1,000; Wilson and Hilferty 1931. A
    stability index of equal spreads is one, times the sum of the inverse counts of what is compared (Yurdakul 2018). -#}
{% macro chi_square_once_in_100_000(degrees) -%}{{ chi_square_beyond(degrees, 4.264891) }}{%- endmacro %}


{% macro chi_square_once_in_1_000(degrees) -%}{{ chi_square_beyond(degrees, 3.090232) }}{%- endmacro %}


{% macro chi_square_beyond(degrees, deviations) -%}
    ({{ degrees }}) * power(1 - 2.0 / (9 * ({{ degrees }})) + {{ deviations }} * sqrt(2.0 / (9 * ({{ degrees }}))), 3)
{%- endmacro %}
