{#- Passes when of the rows with the same `by` each ends after it begins, and before or when the next one begins. The end
    itself does not belong to the row; an empty end is open. -#}
{% test never_overlaps(model, by, valid_from='valid_from', valid_to='valid_to') %}

with

following as (
    select
        *,
        lead({{ valid_from }}) over (partition by {{ by | join(', ') }} order by {{ valid_from }}) as next_begins
    from {{ model }}
)

select * from following
where
    {{ valid_to }} <= {{ valid_from }}
    or next_begins < {{ valid_to }}
    or (next_begins is not null and {{ valid_to }} is null)

{% endtest %}
