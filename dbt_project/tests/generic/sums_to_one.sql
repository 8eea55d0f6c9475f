{#- Passes when the column sums to exactly one over the rows with the same `by`. It must be a decimal. -#}
{% test sums_to_one(model, column_name, by) %}

select
    {{ by | join(', ') }},
    sum({{ column_name }}) as sum_of_{{ column_name }}
from {{ model }}
group by {{ by | join(', ') }}
having coalesce(sum({{ column_name }}), 0) <> 1

{% endtest %}
