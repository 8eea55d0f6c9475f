{#- How Spark keeps a model: as Parquet files below the warehouse folder, those that grow with the days in one folder a day.
    Parquet knows no transaction, so a table is dropped and written anew, and of a table that grows the days that can have
    changed: the new rows are written beside it first, as they may be made of it. -#}
{% materialization table, adapter='spark' %}
    {%- do run_hooks(pre_hooks) -%}
    {%- set table = this.incorporate(type='table') -%}
    {%- do write_spark_table(table, compiled_code) -%}
    {%- do run_hooks(post_hooks) -%}
    {{ return({'relations': [table]}) }}
{% endmaterialization %}

{% materialization view, adapter='spark' %}
    {%- do run_hooks(pre_hooks) -%}
    {%- set view = this.incorporate(type='view') -%}
    {%- do make_room_for(view) -%}
    {%- call statement('main') -%}
        create or replace view {{ view }} as
        {{ in_the_order_of_the_contract(with_double_literals(compiled_code)) }}
    {%- endcall -%}
    {%- do keep_the_contract_on_spark(view) -%}
    {%- do run_hooks(post_hooks) -%}
    {{ return({'relations': [view]}) }}
{% endmaterialization %}

{% materialization incremental, adapter='spark' %}
    {%- do run_hooks(pre_hooks) -%}
    {%- set table = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is none or not existing.is_table or should_full_refresh() -%}
        {%- set day = partition_of_days() -%}
        {%- do write_spark_table(table, compiled_code, day, in_few_files(day)) -%}
    {%- elif partition_of_days() is none -%}
        {%- do rewrite_spark_table(table, compiled_code) -%}
    {%- else -%}
        {%- set new_rows = table.incorporate(path={'identifier': this.identifier ~ '__new'}) -%}
        {%- do write_spark_table(new_rows, compiled_code) -%}
        {%- do replace_spark_days(table, new_rows) -%}
    {%- endif -%}
    {%- do run_hooks(post_hooks) -%}
    {{ return({'relations': [table]}) }}
{% endmaterialization %}

{#- Write a table from nothing, with its contract. -#}
{% macro write_spark_table(table, sql, partition=none, hint='') -%}
    {%- set existing = load_cached_relation(table) -%}
    {%- if existing is not none -%}{%- do adapter.drop_relation(existing) -%}{%- endif -%}
    {%- call statement('main') -%}
        create table {{ table }} using {{ config.get('file_format') or 'parquet' }}
        {{ 'partitioned by (' ~ partition ~ ')' if partition }}
        as
        {%- set rows = in_the_order_of_the_contract(with_double_literals(sql)) %}
        {{ 'select ' ~ hint ~ ' * from (' ~ rows ~ ')' if hint else rows }}
    {%- endcall -%}
    {%- do keep_the_contract_on_spark(table) -%}
{%- endmacro %}

{#- The column whose days are folders: what `partition_by` of the config names, or the day by which the model is replaced.
    None where it says `[]`: a table with few rows a day, however many customers there are, is one file. -#}
{% macro partition_of_days() -%}
    {%- set named = config.get('partition_by') -%}
    {{ return((config.get('event_time') or 'session_date') if named is none else (named or none)) }}
{%- endmacro %}

{#- The rows of a day, or of a table without folders, go to one task before they are written: else each task that has some of
    them writes a file. Spark takes this hint with adaptive execution only; a session for few rows has none, and few files. -#}
{% macro in_few_files(day=none) -%}
    /*+ rebalance{{ '(' ~ day ~ ')' if day }} */
{%- endmacro %}

{#- Write a table without folders anew: its rows before the days that the strategy replaces, and the new ones. -#}
{% macro rewrite_spark_table(table, sql) -%}
    {%- set columns = adapter.get_columns_in_relation(table) | map(attribute='quoted') | join(', ') -%}
    {%- set rewritten = table.incorporate(path={'identifier': this.identifier ~ '__new'}) -%}
    {%- set rows -%}
        select {{ columns }} from {{ table }}
        where {{ config.get('event_time') }} < {{ first_replaced_day() }}
        union all
        select {{ columns }} from ({{ sql }})
    {%- endset -%}
    {%- do write_spark_table(rewritten, rows, hint=in_few_files()) -%}
    {%- do adapter.drop_relation(table) -%}
    {%- do adapter.rename_relation(rewritten, table) -%}
{%- endmacro %}

{#- Put the new rows in the place of those that the strategy of the model replaces. Days that have no row any more lose their
    folder, which an overwrite of the partitions at hand would leave; rows of those days that stay are written again. -#}
{% macro replace_spark_days(table, new_rows) -%}
    {%- set day = partition_of_days() -%}
    {%- set columns = adapter.get_columns_in_relation(table) | map(attribute='quoted') | join(', ') -%}
    {%- if config.get('incremental_strategy') == 'replace_sessions' -%}
        {%- call statement('stay') -%}
            insert into {{ new_rows }} ({{ columns }})
            select {{ columns }} from {{ table }}
            where
                {{ day }} >= (select coalesce(min({{ day }}), date '9999-12-31') from {{ new_rows }})
                and not ({{ is_open_session('ended_at', 'platform') }})
        {%- endcall -%}
        {%- set first = run_query(
            'select least((select min(' ~ day ~ ') from ' ~ new_rows ~ '), (select min(' ~ day ~ ') from ' ~ table
            ~ ' where ' ~ is_open_session('ended_at', 'platform') ~ '))'
        ).columns[0].values()[0] -%}
    {%- else -%}
        {%- set first = run_query('select ' ~ first_replaced_day()).columns[0].values()[0] -%}
    {%- endif -%}
    {%- set gone = [] -%}
    {%- for kept_day in run_query('show partitions ' ~ table).columns[0].values() -%}
        {%- set date_of_day = kept_day.split('=')[1] -%}
        {%- if first is not none and (date_of_day >= first | string or date_of_day == '__HIVE_DEFAULT_PARTITION__') -%}
            {%- do gone.append("partition (" ~ day ~ " = '" ~ date_of_day ~ "')") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if gone -%}
        {%- call statement('gone') -%}
            alter table {{ table }} drop if exists {{ gone | join(', ') }}
        {%- endcall -%}
    {%- endif -%}
    {%- call statement('main') -%}
        insert into {{ table }} ({{ columns }})
        select {{ in_few_files(day) }} {{ columns }} from {{ new_rows }}
    {%- endcall -%}
    {%- do adapter.drop_relation(new_rows) -%}
{%- endmacro %}

{#- The numbers of a query as DuckDB reckons with them: what is written with a point is a double there as soon as anything is
    divided, where Spark would keep six digits of a decimal. Comments go, as an apostrophe in one would look like a text; in a
    text, an apostrophe behind a backslash does not end it. -#}
{% macro with_double_literals(sql) -%}
    {%- set said = modules.re.sub('(?m)^\\s*--.*$', '', sql) -%}
    {%- set parts = [] -%}
    {%- for part in modules.re.split("('(?:[^'\\\\]|\\\\.)*')", said) -%}
        {%- do parts.append(
            modules.re.sub('(?<![\\w.])(\\d+\\.\\d+)(?![\\w.])', '\\1D', part) if loop.index0 % 2 == 0 else part
        ) -%}
    {%- endfor -%}
    {{ return(parts | join('')) }}
{%- endmacro %}

{#- Compare what was built with its YAML, name by name and type by type. -#}
{% macro keep_the_contract_on_spark(relation) -%}
    {%- if config.get('contract').enforced -%}
        {%- set built, problems = {}, [] -%}
        {%- for column in adapter.get_columns_in_relation(relation) -%}
            {%- do built.update({column.name: column.dtype}) -%}
        {%- endfor -%}
        {%- for column in model['columns'].values() -%}
            {%- set expected = spark_type(column.data_type) -%}
            {%- if built.pop(column.name, none) != expected -%}
                {%- do problems.append(column.name ~ ' is no ' ~ expected) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do problems.extend(built) -%}
        {%- if problems -%}
            {{ exceptions.raise_compiler_error(
                'This model breaks its contract: ' ~ problems | join(', ') ~ '. Expected the columns of its YAML.'
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- What Spark calls a type of DuckDB. -#}
{% macro spark_type(data_type) -%}
    {%- set said = data_type | lower | replace(', ', ',') -%}
    {{ return({'varchar': 'string', 'text': 'string', 'integer': 'int', 'json': 'string'}.get(said, said)) }}
{%- endmacro %}
