{#- The first day on which rows of new files can change anything, for one landed table. Of a flow it is the day on which
    a row happened, in any version of it; of a state the first time that two versions of a thing disagree about; of a
    thing without times the beginning. An account or a person of the CRM that is new can change whom older rows mean. A
    table of names only changes what others mean and nothing by itself. A table of which nothing is new, by `newly_landed`, is not asked. -#}
{% macro first_affected_day(landed, newly) -%}
{%- set table = landed.system ~ '/' ~ landed.table -%}
{%- set names = names_compared(landed.system, landed.table) -%}
{%- set names = names if ['crm/accounts', 'crm/users', 'crm/account_users', 'crm/account_keys'] | select('in', newly) | list else [] -%}
{%- set staged = ref('stg_' ~ landed.system ~ '__' ~ landed.table) -%}
{%- set thing = landed.get('thing', landed.identity) | join(', ') -%}
{%- set times, facts = [], [] -%}
{#- That a row cannot be used, as its thing was deleted at the source, is a fact about it. -#}
{%- set left_out = landed.get('for_display', []) + ['loaded_at', 'load_id', 'landed_file', 'landed_line'] -%}
{#- The time of a revision differs between revisions; it is no fact about the thing. -#}
{%- set left_out = left_out + (landed.identity | reject('in', landed.get('thing', landed.identity)) | list) -%}
{%- for column in staged_columns(landed) if column.name not in left_out -%}
    {%- if column.data_type in ['timestamp', 'date'] and column.name not in landed.get('looks_ahead', []) -%} {%- do times.append(column.name) -%}
    {%- elif column.name not in landed.identity -%} {%- do facts.append(column.name) -%}
    {%- endif -%}
{%- endfor -%}
{%- set earliest = 'least(' ~ (times + times) | join(', ') ~ ')' if times else "timestamp '0001-01-01'" -%}
{%- if landed.get('names_only') or landed.get('feeds_no_days') or (table not in newly and not names) %}
    select
        '{{ landed.system }}' as system,
        '{{ landed.table }}' as table_name,
        cast(null as date) as affected_from
{%- elif is_exported_whole(landed.system, landed.table) %}
    -- What the file no longer holds may have begun at any time.
    select
        '{{ landed.system }}' as system,
        '{{ landed.table }}' as table_name,
        case when count(*) > 0 then date '0001-01-01' end as affected_from
    from (
        select load_id from {{ staged }}
        union
        select {{ load_of_replay('first_load_id', 'landed_file') }}
        from {{ ref('stg_run__replays') }}
        where system = '{{ landed.system }}' and table_name = '{{ landed.table }}'
    ) as said
    where load_id not in (select load_id from {{ ref('stg_run__built_loads') }})
{%- else %}
    select
        '{{ landed.system }}' as system,
        '{{ landed.table }}' as table_name,
        cast(min({{ local_day('first_at') }}) as date) as affected_from
    from (
        select
            {%- if landed.get('is_flow') %}
            min({{ landed.happened_at }}) as first_at
            {%- elif not landed.get('is_state') %}
            min({{ earliest }}) as first_at
            {%- else %}
            case
                when bool_and(is_new) then min({{ earliest }})
                else least(
                    {%- for name in times %}
                    case when count(distinct coalesce(cast({{ name }} as string), '')) > 1 then min({{ name }}) end,
                    {%- endfor %}
                    {%- for name in facts %}
                    case
                        when count(distinct coalesce(cast({{ name }} as string), '')) > 1
                            {%- if name in landed.get('dated', []) %}
                            then case
                                -- The earliest state that is known counts for all time before it.
                                when min({{ landed.revised_at }}) filter (where is_new)
                                    < min({{ landed.revised_at }}) filter (where not is_new) then min({{ earliest }})
                                else min({{ landed.revised_at }}) filter (where is_new)
                            end
                            {%- else %}
                            then min({{ earliest }})
                            {%- endif %}
                    end,
                    {%- endfor %}
                    cast(null as timestamp)
                )
            end as first_at
            {%- endif %}
        from (
            select
                staged.*,
                built.load_id is null as is_new
            from {{ staged }} as staged
            inner join (
                select distinct {{ thing }}
                from {{ staged }}
                where load_id not in (select load_id from {{ ref('stg_run__built_loads') }})
            ) as renewed using ({{ thing }})
            left join {{ ref('stg_run__built_loads') }} as built using (load_id)
        ) as versions
        {% if landed.get('is_state') %}group by {{ thing }}{% endif %}

        union all

        -- What has no identifier has no other version.
        select min({{ landed.happened_at if landed.get('is_flow') else earliest }}) as first_at
        from {{ staged }}
        where
            {{ landed.identity[0] }} is null
            and load_id not in (select load_id from {{ ref('stg_run__built_loads') }})
        {%- for name in names %}

        union all

        -- What was taken for another account or person at the last build, or for none.
        select min({{ landed.happened_at if landed.get('is_flow') else earliest }}) as first_at
        from {{ staged }}
        where
            {{ name.column }} in (
                select said_{{ name.of }}_id
                from {{ name.compared }}
                where
                    system = '{{ landed.system }}'
                    and table_name = '{{ landed.table }}'
                    and recognised_{{ name.of }}_id is distinct from formerly_recognised_{{ name.of }}_id
            )
        {%- endfor %}
    ) as affected
{%- endif %}
{%- endmacro %}


{#- The columns of a staging model as its YAML types them; dbt knows them only when it compiles. -#}
{% macro staged_columns(landed) %}
    {%- if not execute -%} {{ return([]) }} {%- endif -%}
    {{ return(graph.nodes['model.customer_health.stg_' ~ landed.system ~ '__' ~ landed.table].columns.values()) }}
{% endmacro %}


{#- The landed tables, as system/table, of which files have come since the last build; all of them while nobody can ask. -#}
{% macro newly_landed() %}
    {%- if not execute -%}
        {%- set all = [] -%}
        {%- for landed in landed_tables() -%}{%- do all.append(landed.system ~ '/' ~ landed.table) -%}{%- endfor -%}
        {{ return(all) }}
    {%- endif -%}
    {%- set built -%} (select load_id from {{ ref('stg_run__built_loads') }}) {%- endset -%}
    {{ return(run_query(
        "select system || '/' || table_name from " ~ ref('stg_run__loads')
        ~ " where refusal is null and load_id not in " ~ built
        ~ " union select system || '/' || table_name from " ~ ref('stg_run__replays')
        ~ " where " ~ load_of_replay('first_load_id', 'landed_file') ~ " not in " ~ built
    ).columns[0].values()) }}
{% endmacro %}
