{#- Seeds on Spark: the types of the YAML by Spark's names, and texts with whatever apostrophes they hold. -#}
{% macro spark__create_csv_table(model, agate_table) -%}
    {%- set sql -%}
        create table {{ this.render() }} (
            {%- for name in agate_table.column_names -%}
                {{ adapter.quote(name) }} {{ spark_seed_type(model, agate_table, name, loop.index0) }}
                {{- ', ' if not loop.last }}
            {%- endfor -%}
        ) using parquet
    {%- endset -%}
    {%- call statement('_') -%}{{ sql }}{%- endcall -%}
    {{ return(sql) }}
{%- endmacro %}

{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- for chunk in agate_table.rows | batch(2000) -%}
        {%- set sql -%}
            insert into {{ this.render() }} values
            {%- for row in chunk %}
            ({%- for value in row -%}
                {{ 'null' if value is none else "'" ~ (value | string | replace("\\", "\\\\") | replace("'", "\\'")) ~ "'" }}
                {{- ', ' if not loop.last }}
            {%- endfor -%}){{ ',' if not loop.last }}
            {%- endfor %}
        {%- endset -%}
        {%- do adapter.add_query(spark_seed_select(model, agate_table, sql), abridge_sql_log=True) -%}
    {%- endfor -%}
    {{ return('') }}
{%- endmacro %}

{#- The rows of an insert with their columns cast, as Spark reads every value as a text. -#}
{% macro spark_seed_select(model, agate_table, sql) -%}
    {%- set values = sql.split(' values', 1)[1] -%}
    insert into {{ this.render() }}
    select
        {%- for name in agate_table.column_names %}
        cast(c{{ loop.index0 }} as {{ spark_seed_type(model, agate_table, name, loop.index0) }}){{ ',' if not loop.last }}
        {%- endfor %}
    from values {{ values }} as read (
        {%- for name in agate_table.column_names -%} c{{ loop.index0 }}{{ ', ' if not loop.last }} {%- endfor -%}
    )
{%- endmacro %}

{% macro spark_seed_type(model, agate_table, name, index) -%}
    {{ return(spark_type(model['config'].get('column_types', {}).get(name, adapter.convert_type(agate_table, index)))) }}
{%- endmacro %}
