{#- Whether a session was still open when a day began, or began later: events of that day may prolong it. -#}
{% macro is_open_session(ended_at, platform, day=none) -%}
    {{ local_day(session_open_until(ended_at, platform)) }} >= {{ day or rebuild_from() }}
{%- endmacro %}


{#- Day on which the earliest session began that was open when a day began, as the last build left them. Null where there
    are no sessions yet. The table is read by its name, as those who make it read the outcome. -#}
{% macro open_sessions_from(day) -%}
    {%- set sessions = adapter.get_relation(database=target.database, schema='marts', identifier='fct_sessions')
        if execute and not flags.FULL_REFRESH else none -%}
    {%- if sessions is none -%}
        cast(null as date)
    {%- else -%}
        (select min(session_date) from {{ sessions }} where {{ is_open_session('ended_at', 'platform', day) }})
    {%- endif -%}
{%- endmacro %}


{#- Days before the rebuilt ones in which the open sessions began; 0 where none was open. -#}
{% macro sessions_look_back() -%}
    {%- if execute and is_incremental() -%}
        {%- set first = run_query(
            "select " ~ days_between("coalesce(min(session_date), " ~ rebuild_from() ~ ")", rebuild_from())
            ~ " from " ~ this ~ " where " ~ is_open_session('ended_at', 'platform')
        ) -%}
        {{ return([first.columns[0].values()[0] | int, 0] | max) }}
    {%- endif -%}
    {{ return(0) }}
{%- endmacro %}


{#- The incremental strategy of the sessions: those that were open when the rebuilt days begin are replaced too. -#}
{% macro get_incremental_replace_sessions_sql(arguments) -%}
    {%- set columns = arguments.dest_columns | map(attribute='quoted') | join(', ') -%}
    delete from {{ arguments.target_relation }}
    where {{ is_open_session('ended_at', 'platform') }};

    insert into {{ arguments.target_relation }} ({{ columns }})
    select {{ columns }}
    from {{ arguments.temp_relation }}
{%- endmacro %}
