{#- One end (side -1 or 1) of the Wilson 95 % interval of a share among a number of trials; it holds the share, whatever
    the last digit of a double says. Of no trials there is none, where `least` and `greatest` would make zero of nothing.
    Wilson 1927. -#}
{% macro wilson_bound(share, trials, side) -%}
    {%- set z = half_width_95() | float -%}
    {%- set inner, outer, limit = ('greatest', 'least', 0) if side < 0 else ('least', 'greatest', 1) -%}
    cast(
        case when {{ share }} is not null and {{ trials }} > 0 then {{ outer }}({{ inner }}((
            {{ share }} + {{ z * z }} / (2 * {{ trials }})
            + {{ side }} * {{ z }} * sqrt(
                greatest({{ share }} * (1 - {{ share }}), 0) / {{ trials }} + {{ z * z }} / (4 * {{ trials }} * {{ trials }})
            )
        ) / (1 + {{ z * z }} / {{ trials }}), {{ limit }}), {{ share }}) end
        as double
    )
{%- endmacro %}
