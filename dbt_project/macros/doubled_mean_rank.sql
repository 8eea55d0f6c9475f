{#- Twice the rank of a value within its group, equal values sharing their mean rank: a whole number, so sums of it are exact. -#}
{% macro doubled_mean_rank(column, group) -%}
    2 * rank() over (
        partition by {{ group | join(', ') }}
        order by {{ column }}
    )
    + count(*) over (partition by {{ group | join(', ') }}, {{ column }})
    - 1
{%- endmacro %}
