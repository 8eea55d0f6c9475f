{#- Passes when every value of the column is in a list of dbt_project.yml, where there is a file for each. -#}
{% test is_listed(model, column_name, variable) %}

select * from {{ model }}
where
    {{ column_name }} is null
    or {{ column_name }} not in ('{{ var(variable) | join("', '") }}')

{% endtest %}
