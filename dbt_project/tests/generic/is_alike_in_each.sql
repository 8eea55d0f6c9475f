{#- Passes when each of them has the same rows, as far as the columns go. -#}
{% test is_alike_in_each(model, by, columns) %}

with

each_one as (select distinct {{ by }} from {{ model }}),

every_row as (select distinct {{ columns | join(', ') }} from {{ model }})

select
    each_one.{{ by }},
    {% for column in columns %}
        every_row.{{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from each_one
cross join every_row
left join {{ model }} as rows_there
    on
        each_one.{{ by }} = rows_there.{{ by }}
        {% for column in columns %}
            and every_row.{{ column }} = rows_there.{{ column }}
        {% endfor %}
where rows_there.{{ by }} is null
order by 1, 2

{% endtest %}
