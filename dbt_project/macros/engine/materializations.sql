{#- How DuckDB keeps a model: in one statement and one commit. dbt's own way builds beside the old table, asks the
    catalogue some ten times, renames twice and drops, which costs a small table more than its rows; DuckDB replaces a
    table within a transaction, so readers see the old or the new one all the same. Other engines keep dbt's ways. -#}
{% materialization table, adapter='duckdb' %}
    {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
    {%- set table = this.incorporate(type='table') -%}
    {%- set made_of = hash_of_inputs() if config.get('meta', {}).get('kept_while_same') else none -%}
    {%- if made_of and not should_full_refresh() and is_made_of(table, made_of) -%}
        {%- call statement('main') -%} select count(*) from {{ table }} {%- endcall -%}
    {%- else -%}
        {%- do make_room_for(table) -%}
        {%- call statement('main') -%}
            {{ replaced_table(table, compiled_code) }}
        {%- endcall -%}
        {%- do keep_the_contract(table) -%}
        {%- if made_of -%}{%- do run_query("comment on table " ~ table ~ " is '" ~ made_of ~ "'") -%}{%- endif -%}
    {%- endif -%}
    {%- do run_hooks(post_hooks, inside_transaction=True) -%}
    {%- do adapter.commit() -%}
    {%- do run_hooks(post_hooks, inside_transaction=False) -%}
    {{ return({'relations': [table]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
    {%- set view = this.incorporate(type='view') -%}
    {%- do make_room_for(view) -%}
    {%- call statement('main') -%}
        create or replace view {{ view }} as (
            {{ in_the_order_of_the_contract(compiled_code) }}
        )
    {%- endcall -%}
    {%- do keep_the_contract(view) -%}
    {%- do run_hooks(post_hooks, inside_transaction=True) -%}
    {%- do adapter.commit() -%}
    {%- do run_hooks(post_hooks, inside_transaction=False) -%}
    {{ return({'relations': [view]}) }}
{% endmaterialization %}

{#- A table that grows with the days: whole, or the days of the strategy that its `incremental_strategy` names. -#}
{% materialization incremental, adapter='duckdb' %}
    {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
    {%- set table = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is none or not existing.is_table or should_full_refresh() -%}
        {%- do make_room_for(table) -%}
        {%- call statement('main') -%}
            {{ replaced_table(table, compiled_code) }}
        {%- endcall -%}
        {%- do keep_the_contract(table) -%}
    {%- else -%}
        {%- set new_rows = make_temp_relation(table) -%}
        {%- call statement('new_rows') -%}
            create or replace temporary table {{ new_rows }} as (
                {{ in_the_order_of_the_contract(compiled_code) }}
            )
        {%- endcall -%}
        {%- do keep_the_contract(new_rows) -%}
        {%- set strategy = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy')) -%}
        {%- call statement('main') -%}
            {{ strategy({
                'target_relation': table, 'temp_relation': new_rows, 'unique_key': config.get('unique_key'),
                'dest_columns': duckdb__get_columns_in_relation(table), 'incremental_predicates': none,
            }) }};
            drop table {{ new_rows }}
        {%- endcall -%}
    {%- endif -%}
    {%- do run_hooks(post_hooks, inside_transaction=True) -%}
    {%- do adapter.commit() -%}
    {%- do run_hooks(post_hooks, inside_transaction=False) -%}
    {{ return({'relations': [table]}) }}
{% endmaterialization %}

{#- The statement that puts a new table in the place of the old one. -#}
{% macro replaced_table(table, sql) -%}
    create or replace table {{ table }} as (
        {{ in_the_order_of_the_contract(sql) }}
    )
{%- endmacro %}

{#- Take away what has the name of a model and is of another kind, as a view that is to be a table. -#}
{% macro make_room_for(relation) -%}
    {%- set existing = load_cached_relation(relation) -%}
    {%- if existing is not none and existing.type != relation.type -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
{%- endmacro %}

{#- The columns of the YAML in its order, and behind them whatever is in none, which the contract then refuses. -#}
{% macro in_the_order_of_the_contract(sql) -%}
    {%- if config.get('contract').enforced -%}
        {%- set names = model['columns'].values() | map(attribute='name') | join(', ') -%}
        select
            {%- for column in model['columns'].values() %}
            {{ column_of_contract(column) }},
            {%- endfor %}
            {{ columns_but(names) }}
        from (
            {{ sql }}
        ) as model
    {%- else -%}
        {{ sql }}
    {%- endif -%}
{%- endmacro %}

{#- Compare what was built with its YAML, name by name and type by type, before it is committed. -#}
{% macro keep_the_contract(relation) -%}
    {%- if config.get('contract').enforced -%}
        {%- do get_assert_columns_equivalent('select * from ' ~ relation) -%}
    {%- endif -%}
{%- endmacro %}

{#- Every column but the named ones. -#}
{% macro columns_but(names) -%}
    {{ return(adapter.dispatch('columns_but')(names)) }}
{%- endmacro %}

{% macro default__columns_but(names) -%} * exclude ({{ names }}) {%- endmacro %}

{% macro spark__columns_but(names) -%} * except ({{ names }}) {%- endmacro %}

{#- A column of a contract as it is built. Spark counts rows in an int (row_number, rank, size) where DuckDB has a bigint, so a
    whole number is widened; of what is no whole number the sum is none either, and the contract finds it. -#}
{% macro column_of_contract(column) -%}
    {{ return(adapter.dispatch('column_of_contract')(column)) }}
{%- endmacro %}

{% macro default__column_of_contract(column) -%} {{ column.name }} {%- endmacro %}

{% macro spark__column_of_contract(column) -%}
    {{ column.name ~ ' + 0L as ' ~ column.name if spark_type(column.data_type) == 'bigint' else column.name }}
{%- endmacro %}
