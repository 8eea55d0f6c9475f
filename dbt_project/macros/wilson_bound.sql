{#- One end (side -1 or 1) of the Wilson 95 % interval of a share among a number of trials.
    Wilson 1927. -#}
{% macro wilson_bound(share, trials, side) -%}
    {%- set z = half_width_95() | float -%}
    cast(
        least(greatest((
            {{ share }} + {{ z * z }} / (2 * {{ trials }})
            + {{ side }} * {{ z }} * sqrt(
                greatest({{ share }} * (1 - {{ share }}), 0) / {{ trials }} + {{ z * z }} / (4 * {{ trials }} * {{ trials }})
            )
        ) / (1 + {{ z * z }} / {{ trials }}), 0), 1)
        as double
    )
{%- endmacro %}
