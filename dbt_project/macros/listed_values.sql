{#- One row for each listed value: its order, name, unit, value and the value before. The groups say which step holds the
    values as columns, in which unit they are, whether the step holds earlier_<name> too, and their names. -#}
{% macro listed_values(groups) -%}
{%- set listed = [] -%}
{%- for step, unit, has_earlier, names in groups %}
    {%- for name in names %}
        {%- if listed %}
            union all
        {%- endif %}
        {%- do listed.append(name) %}
            select
                {{ listed | length }} as value_order,
                '{{ name }}' as name,
                '{{ unit }}' as unit,
                cast({{ name }} as double) as listed_value,
                cast({{ 'earlier_' ~ name if has_earlier else 'null' }} as double) as earlier_value
            from {{ step }}
    {%- endfor %}
{%- endfor %}
{%- endmacro %}
