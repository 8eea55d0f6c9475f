{#- Passes when the column rises from row to row in an order, within the rows with the same `by`; one row alone is no curve. -#}
{% test always_rises(model, column_name, order_by, by=[]) %}

with

following as (
    select
        *,
        lag({{ column_name }}) over rising as value_before,
        count(*) over (partition by {{ (by or ['1']) | join(', ') }}) as row_count
    from {{ model }}
    window rising as (partition by {{ (by or ['1']) | join(', ') }} order by {{ order_by }})
)

select * from following
where
    {{ column_name }} <= value_before
    or {{ column_name }} is null
    or row_count = 1

{% endtest %}
