{#- Tests on Spark read numbers as the models do: what is written with a point is a double. -#}
{% macro spark__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
    {{ default__get_test_sql(with_double_literals(main_sql), fail_calc, warn_if, error_if, limit) }}
{%- endmacro %}

{#- What a unit test finds and expects. A double counts to twelve digits, as the engines differ in the last of them; a time is
    told as text, as Python cannot read the first of all times from Spark. -#}
{% macro spark__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
    {%- set told = {} -%}
    {%- for column in adapter.get_columns_in_relation(make_temp_relation(this.incorporate(type='table'))) -%}
        {%- if column.dtype == 'double' -%}
            {%- do told.update({column.quoted: 'cast(' ~ digits_of_double(column.quoted) ~ ' as double) as ' ~ column.quoted}) -%}
        {%- elif column.dtype == 'timestamp' -%}
            {%- do told.update({column.quoted: 'cast(' ~ column.quoted ~ ' as string) as ' ~ column.quoted}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set columns = [] -%}
    {%- for name in expected_column_names -%}{%- do columns.append(told.get(name, name)) -%}{%- endfor -%}
    {{ default__get_unit_test_sql(with_double_literals(main_sql), expected_fixture_sql, columns) }}
{%- endmacro %}

{#- Of the columns of a model that a unit test asks, the types are those that it is built with. -#}
{% macro spark__get_empty_subquery_sql(select_sql, select_sql_header=none) -%}
    {{ default__get_empty_subquery_sql(with_double_literals(select_sql), select_sql_header) }}
{%- endmacro %}
