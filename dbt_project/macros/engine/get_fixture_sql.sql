{#- Rows of a unit test for an input. dbt takes the types of the columns from the table that the input stands in for; a step
    that is ephemeral has none, so there the values tell: a day, a time, a number, a truth, else a word. Columns that no
    row names are not there then. -#}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
    {%- if not execute or column_name_to_data_types or load_relation(this) is not none -%}
        {{ return(dbt.get_fixture_sql(rows, column_name_to_data_types)) }}
    {%- endif -%}
    {%- if rows | length == 0 -%}
        {{ exceptions.raise_compiler_error(
            'A unit test gives no rows of ' ~ model.name ~ ', which has no table to read the columns from. '
            ~ 'Give it `format: sql` and `rows: select cast(null as date) as activity_date where false`, '
            ~ 'with every column that is read; or build the model first, where it is a table.'
        ) }}
    {%- endif -%}
    {%- set types = {} -%}
    {%- for row in rows -%}
        {%- for column, value in row.items() if value is not none -%}
            {%- do types.update({column: type_of_values(value, types.get(column))}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set columns = [] -%}
    {%- for row in rows -%}
        {%- for column in row if column not in columns -%}{%- do columns.append(column) -%}{%- endfor -%}
    {%- endfor -%}
    {%- for row in rows %}
select
        {%- for column in columns -%}
            {%- set value = row.get(column) -%}
            {%- set literal = 'null' if value is none
                else dbt.string_literal(dbt.escape_single_quotes(value)) if value is string
                else value %}
    {{ dbt.safe_cast(literal, types[column]) if column in types else literal }} as {{ column }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
        {%- if not loop.last %}
union all
        {%- endif %}
    {%- endfor %}
{%- endmacro %}


{#- The type of a column of such rows: that of a value, where an earlier row has not said a wider one. -#}
{% macro type_of_values(value, known=none) -%}
    {%- if value is boolean -%}{{ return('boolean') }}{%- endif -%}
    {%- if value is number -%}{{ return('double' if value is float or known == 'double' else 'bigint') }}{%- endif -%}
    {%- set text = value | string -%}
    {%- if known != 'string' and modules.re.fullmatch('\\d{4}-\\d{2}-\\d{2}', text) -%}
        {{ return('timestamp' if known == 'timestamp' else 'date') }}
    {%- endif -%}
    {%- if known != 'string' and modules.re.fullmatch('\\d{4}-\\d{2}-\\d{2}[ T]\\d{1,2}:.*', text) -%}
        {{ return('timestamp') }}
    {%- endif -%}
    {{ return('string') }}
{%- endmacro %}
