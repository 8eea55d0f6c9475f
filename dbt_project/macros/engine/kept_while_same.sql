{#- A table that costs much and seldom changes says `kept_while_same` in its meta: on DuckDB it stays as it is while its SQL and
    all rows that it reads are the same. What it was made of stands in its comment, which goes with the table. -#}

{#- One text for the SQL of a model and the rows that it reads, in whatever order they lie. -#}
{% macro hash_of_inputs() -%}
    {%- set found = [local_md5(in_the_order_of_the_contract(compiled_code))] -%}
    {%- for table in tables_read_by(model) | unique | sort -%}
        {%- set rows = run_query('select count(*), sum(hash(input)) from ' ~ table ~ ' as input') -%}
        {%- do found.append(rows.rows[0] | join(':')) -%}
    {%- endfor -%}
    {{ return('made of ' ~ local_md5(found | join(' '))) }}
{%- endmacro %}

{#- The tables and views that a model reads, those of its steps too. -#}
{% macro tables_read_by(reader) -%}
    {%- set tables = [] -%}
    {%- for id in reader.depends_on.nodes -%}
        {%- set read = graph.sources[id] if id.startswith('source.') else graph.nodes[id] -%}
        {%- if read.resource_type == 'model' and read.config.materialized == 'ephemeral' -%}
            {%- do tables.extend(tables_read_by(read)) -%}
        {%- else -%}
            {%- do tables.append(read.relation_name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(tables) }}
{%- endmacro %}

{#- Whether the table that is there was made of the same. -#}
{% macro is_made_of(table, made_of) -%}
    {%- set said = run_query(
        "select comment from duckdb_tables() where schema_name = '" ~ table.schema ~ "' and table_name = '" ~ table.identifier ~ "'"
    ) -%}
    {{ return(made_of in said.columns[0].values()) }}
{%- endmacro %}
