{#- Passes when the newest file that speaks of a thing says one thing of it. Repeats of a line are no contradiction, and a
    newer file settles what an older one said twice. -#}
{% test says_one_thing(model, columns, says) %}

with

ranked as (
    select
        *,
        dense_rank() over (
            partition by {{ columns | join(', ') }} order by {{ natural_order('landed_file') }} desc, landed_file desc
        ) as file_rank
    from {{ model }}
    where rejection_reason is null
),

statements as (
    select distinct
        {{ (columns + says) | join(',\n        ') }},
        landed_file
    from ranked
    where file_rank = 1
)

select
    {{ columns | join(', ') }},
    landed_file,
    count(*) as row_count
from statements
group by {{ columns | join(', ') }}, landed_file
having count(*) > 1

{% endtest %}
