{#- Passes when the named columns identify every row: none null unless it is optional, none repeated. Where the day by
    which a table is rebuilt is one of them, only the days that the last build replaced are asked: the others are as they
    were. -#}
{% test grain(model, columns, optional=[]) %}

{%- set day = tested_day_column(model) %}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
{%- if day in columns %}
where {{ day }} >= {{ rebuild_from() }} or {{ day }} is null
{%- endif %}
group by all
having
    row_count > 1
    {%- for column in columns if column not in optional %}
    or {{ column }} is null
    {%- endfor %}

{% endtest %}
