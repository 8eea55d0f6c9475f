{#- Twice the rank of a value within its group, equal values sharing their mean rank: a whole number, so sums of it are exact.
    It is the first rank of those with the value and the last one, which both follow from one sort. -#}
{% macro doubled_mean_rank(column, group) -%}
    rank() over (
        partition by {{ group | join(', ') }}
        order by {{ column }} nulls last
    )
    + count(*) over (
        partition by {{ group | join(', ') }}
        order by {{ column }} nulls last
    )
{%- endmacro %}
