{#- Gauss's hypergeometric function 2F1(a, b; c; z) for 0 <= z < 1, as the first terms of its series, the innermost bracket
    the last one (Horner). With c above a + b, as in the models that use it, terms fall faster than the powers of z: 80 of
    them leave an error of a millionth where z is .9, and none to speak of below .8. -#}
{% macro gauss_hypergeometric(a, b, c, z, terms=80) -%}
    {%- for number in range(terms) -%}
        (1 + ({{ a }} + {{ number }}) * ({{ b }} + {{ number }}) / (({{ c }} + {{ number }}) * {{ number + 1 }}) * {{ z }} *
    {%- endfor -%}
    1 {{- ')' * terms }}
{%- endmacro %}
