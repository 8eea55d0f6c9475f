{#- Passes when every row has one in another table with the same values in these columns. -#}
{% test refers_to(model, to, columns) %}

with

referring as (select * from {{ model }}),

referred as (
    select distinct
        {{ columns | join(',
        ') }},
        true as is_there
    from {{ to }}
)

select referring.*
from referring
left join referred using ({{ columns | join(', ') }})
where referred.is_there is null

{% endtest %}
