{#- Passes when the zones around the lower bounds of neighbouring bands do not touch, and the lowest band takes all. -#}
{% test lies_apart(model, by) %}

with

neighbours as (
    select
        *,
        lead(lower_bound - half_width) over (partition by {{ by | join(', ') }} order by lower_bound) as next_zone_begins,
        lag(lower_bound) over (partition by {{ by | join(', ') }} order by lower_bound) as lower_before
    from {{ model }}
)

select * from neighbours
where
    half_width < 0
    or lower_bound + half_width >= next_zone_begins
    or (lower_before is null and lower_bound > 0)

{% endtest %}
