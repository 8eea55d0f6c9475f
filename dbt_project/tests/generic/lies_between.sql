{#- Passes when no value of the column lies outside the bounds, which belong to it; an empty value lies nowhere. -#}
{% test lies_between(model, column_name, minimum=none, maximum=none) %}

select * from {{ model }}
where
    false
    {%- if minimum is not none %}
    or {{ column_name }} < {{ minimum }}
    {%- endif %}
    {%- if maximum is not none %}
    or {{ column_name }} > {{ maximum }}
    {%- endif %}

{% endtest %}
