{#- Two steps, `equals` and `ranked`: each value of each group once, with the sums of its rows (`equal_…`), of all rows up
    to it in rising order (`up_to_…`) and of all rows of the group (`all_…`). `sums` names the columns to add. Adding the
    equals first leaves one sort, and no frame that has to look for them. -#}
{% macro ranked_values(from_step, by, value, sums) -%}
equals as (
    select
        {{ by }},
        {{ value }}
        {%- for name, column in sums.items() %},
            sum({{ column }}) as equal_{{ name }}
        {%- endfor %}
    from {{ from_step }}
    group by {{ by }}, {{ value }}
),

ranked as (
    select
        *
        {%- for name in sums %},
            sum(equal_{{ name }}) over so_far as up_to_{{ name }},
            sum(equal_{{ name }}) over in_all as all_{{ name }}
        {%- endfor %}
    from equals
    window
        so_far as (partition by {{ by }} order by {{ value }} rows between unbounded preceding and current row),
        in_all as (partition by {{ by }} order by {{ value }} rows between unbounded preceding and unbounded following)
)
{%- endmacro %}
