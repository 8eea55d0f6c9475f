{#- Passes when each of them has a row of the segment `all`, on which those of an unknown segment fall back. -#}
{% test is_known_of_all(model, by) %}

select
    {{ by | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ by | join(', ') }}
having count(case when segment = 'all' then 1 end) = 0

{% endtest %}
