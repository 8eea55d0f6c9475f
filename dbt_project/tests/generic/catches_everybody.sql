{#- Passes when on every day from the first one on some rule without stage and segment is valid. -#}
{% test catches_everybody(model) %}

with

catching as (
    select
        valid_from,
        valid_to,
        lag(valid_to) over (order by valid_from) as caught_until
    from {{ model }}
    where stage is null and dimension is null
),

gaps as (
    select 'no rule for everybody' as gap
    where not exists (select 1 from catching where valid_to is null)
    union all
    select 'nobody is caught from ' || cast(caught_until as string) as gap
    from catching
    where caught_until < valid_from
)

select * from gaps

{% endtest %}
