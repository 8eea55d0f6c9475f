{#- Passes when the column holds a value in every row, and no blank text. -#}
{% test is_told(model, column_name) %}

select * from {{ model }}
where coalesce(trim(cast({{ column_name }} as string)), '') = ''

{% endtest %}
