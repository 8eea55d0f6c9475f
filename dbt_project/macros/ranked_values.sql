{#- Steps that end with `ranked`: the rows of a step beside sums over the rows of their group in rising order of a value,
    those of the same value (`equal_…`), all up to it (`up_to_…`) and all there are (`all_…`). `by` lists the columns of
    the group, `sums` names what is added. Adding equals first leaves one sort, and no frame that has to look for them. -#}
{% macro ranked_values(from_step, by, value, sums) -%}
equals as (
    select
        {{ by | join(', ') }},
        {{ value }}
        {%- for name, column in sums.items() %},
            sum({{ column }}) as equal_{{ name }}
        {%- endfor %}
    from {{ from_step }}
    group by {{ by | join(', ') }}, {{ value }}
),

running as (
    select
        *
        {%- for name in sums %},
            sum(equal_{{ name }}) over so_far as up_to_{{ name }},
            sum(equal_{{ name }}) over in_all as all_{{ name }}
        {%- endfor %}
    from equals
    window
        so_far as (
            partition by {{ by | join(', ') }} order by {{ value }} nulls last
            rows between unbounded preceding and current row
        ),
        in_all as (
            partition by {{ by | join(', ') }} order by {{ value }} nulls last
            rows between unbounded preceding and unbounded following
        )
),

ranked as (
    select
        {{ from_step }}.*
        {%- for name in sums %},
            running.equal_{{ name }},
            running.up_to_{{ name }},
            running.all_{{ name }}
        {%- endfor %}
    from {{ from_step }}
    inner join running using ({{ by | join(', ') }}, {{ value }})
)
{%- endmacro %}
