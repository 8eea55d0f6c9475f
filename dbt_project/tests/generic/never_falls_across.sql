{#- Passes when in each row the columns never fall from one to the next. -#}
{% test never_falls_across(model, columns) %}

select * from {{ model }}
where
    {%- for column in columns[1:] %}
        {{ column }} is null or {{ column }} < {{ columns[loop.index0] }}
        {% if not loop.last %}or{% endif %}
    {%- endfor %}

{% endtest %}
