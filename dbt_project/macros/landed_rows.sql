{#- The rows of a landed table that had been loaded, with the columns of its contract. A word is one of the canonical words
    of its column, or NULL where nobody knows it; stg_run__unknown_words counts and names these. set_aside_because says
    that the source has deleted the row, or in a later file the thing that it is about. Of a table that is exported whole
    each time (`complete` in its contract) a thing is gone from the load of the first file on that no longer holds it: that
    ends it (`ends_at`), or where nothing can end its rows are set aside.
    Times that are none and identifiers that name nobody are the loader's. -#}
{% macro landed_rows(system, table) -%}
{%- set landed = source(system, table) -%}
{%- set words = ref('stg_run__known_words') if system != 'catalogue' else none -%}
{%- set contract = landed_contract(system, table) -%}
{%- set file = said_in('landed', system, table) -%}
    select
        {%- for column in contract.columns %}
        {{ understood_column(column, contract) }} as {{ column.quoted }},
        {%- endfor %}
        case
            when landed._is_deleted then 'deleted at the source'
            -- The order of names is costly, so only rows of deleted things are asked for theirs.
            when
                case
                    when deletions.deleted_in is null then false
                    {%- if contract.is_revised %}
                    when landed.updated_at != deletions.deleted_at then landed.updated_at < deletions.deleted_at
                    {%- endif %}
                    else deletions.deleted_in >= {{ natural_order(file) }}
                end
                then 'said to be deleted by a later row'
            {%- if contract.complete and not contract.ends_at %}
            when gone.gone_at is not null then 'no longer in the newest full export'
            {%- endif %}
        end as set_aside_because,
        landed._loaded_at,
        {{ 'coalesce(said_again.load_id, landed._load_id) as _load_id' if is_said_again(system, table) else 'landed._load_id' }},
        {{ file }} as _file,
        landed._line
    from {{ landed }} as landed
    {{ joined_to_files_said_again('landed', system, table) }}
    {%- for column in contract.columns if column.words %}
    left join {{ words }} as words_of_{{ column.name }}
        on {{ said_word(column) }} = words_of_{{ column.name }}.folded_word
        and words_of_{{ column.name }}.subject = '{{ column.subject }}'
    {%- endfor %}
    left join (
        select
            {%- for name in contract.thing %}
            {{ adapter.quote(name) }},
            {%- endfor %}
            {{ 'max(updated_at) as deleted_at,' if contract.is_revised }}
            max({{ natural_order(said_in('deleting', system, table)) }}) as deleted_in
        from {{ landed }} as deleting
        {{ joined_to_files_said_again('deleting', system, table) }}
        where _is_deleted and {{ was_known('_loaded_at') }}
        group by all
    ) as deletions
        on
            {%- for name in contract.thing %}
            landed.{{ adapter.quote(name) }} = deletions.{{ adapter.quote(name) }} {{ 'and' if not loop.last }}
            {%- else %}
            true
            {%- endfor %}
    {%- if contract.complete %}
    left join ({{ gone_things(system, table, contract) }}) as gone
        on
            {%- for name in contract.thing %}
            landed.{{ adapter.quote(name) }} = gone.{{ adapter.quote(name) }} {{ 'and' if not loop.last }}
            {%- endfor %}
    {%- endif %}
    where {{ was_known('landed._loaded_at') }}
{%- endmacro %}


{#- Whether the newest statement of a table counts, so that a file with the content of an earlier one says it again. An event
    is one however often it is delivered, and its days are not to be built anew for that. -#}
{% macro is_said_again(system, table) %}
    {%- set others = landed_tables() | selectattr('system', 'equalto', system) | selectattr('table', 'equalto', table) -%}
    {{ return(not (others | list)[0].redelivered) }}
{% endmacro %}


{#- The name under which the content of a landed row was last said: a content is loaded once, whatever its files are called. -#}
{% macro said_in(row, system, table) -%}
    {{ 'coalesce(said_again.file, ' ~ row ~ '._file)' if is_said_again(system, table) else row ~ '._file' }}
{%- endmacro %}


{#- The join for it: contents that came again in a file of a later name, with that name and a load of its own, by which it
    is known whether the models have been built from it. -#}
{% macro joined_to_files_said_again(row, system, table) -%}
    {%- if is_said_again(system, table) -%}
    left join (
        select
            replays.first_load_id,
            max_by(replays.file, {{ natural_order('replays.file') }} || ' ' || replays.file) as file,
            max_by(
                {{ load_of_replay('replays.first_load_id', 'replays.file') }},
                {{ natural_order('replays.file') }} || ' ' || replays.file
            ) as load_id
        from {{ source('run', 'replays') }} as replays
        inner join {{ source('run', 'loads') }} as loads on replays.first_load_id = loads.load_id
        where
            replays.system = '{{ system }}'
            and replays.table_name = '{{ table }}'
            and {{ natural_order('replays.file') }} > {{ natural_order('loads.file') }}
            and {{ was_known('replays.seen_at') }}
        group by replays.first_load_id
    ) as said_again
        on {{ row }}._load_id = said_again.first_load_id
    {%- endif -%}
{%- endmacro %}


{#- What stands for a file whose content another one brought among the loads that the models were built from;
    orchestration/dbt_runner/build_state.py writes the same. -#}
{% macro load_of_replay(first_load_id, file) -%}
    {{ first_load_id }} || '@' || {{ file }}
{%- endmacro %}


{#- The things of a table that is exported whole each time which the newest file of no place holds any more, with the load of
    the first file without them. A file with the content of an earlier one is not loaded again, and still says what it says. -#}
{% macro gone_things(system, table, contract) -%}
    {%- set loads, replays = source('run', 'loads'), source('run', 'replays') -%}
    with files as (
        select load_id as _load_id, {{ place_of_file() }} as place, {{ natural_order('file') }} as file_order, loaded_at
        from {{ loads }}
        where system = '{{ system }}' and table_name = '{{ table }}' and rows_loaded > 0 and {{ was_known('loaded_at') }}
        union all
        select first_load_id, {{ place_of_file() }}, {{ natural_order('file') }}, min(seen_at)
        from {{ replays }}
        where system = '{{ system }}' and table_name = '{{ table }}' and {{ was_known('seen_at') }}
        group by all
    ),
    followed as (
        select *, lead(loaded_at) over (partition by place order by file_order) as next_loaded_at
        from files
    ),
    last_said as (
        select
            {%- for name in contract.thing %}
            rows_of_it.{{ adapter.quote(name) }},
            {%- endfor %}
            files.place,
            max(files.file_order) as file_order
        from {{ source(system, table) }} as rows_of_it
        inner join files using (_load_id)
        group by all
    )
    select
        {%- for name in contract.thing %}
        last_said.{{ adapter.quote(name) }},
        {%- endfor %}
        max(followed.next_loaded_at) as gone_at
    from last_said
    inner join followed using (place, file_order)
    group by all
    having count(*) = count(followed.next_loaded_at)
{%- endmacro %}


{#- Where a file lies: its system and, without numbers and signs, the folder or file below it. A whole export is whole for
    what is told there, and says nothing of what another system tells, or another table of the vendor. -#}
{% macro place_of_file() -%}
    split_part(file, '/', 1) || '/' || translate(split_part(file, '/', 2), '0123456789-_ ().', '')
{%- endmacro %}


{#- Whether each file of a table is the whole of it, so that what a file no longer holds is gone. -#}
{% macro is_exported_whole(system, table) %}
    {{ return(system ~ '/' ~ table in var('complete_exports')) }}
{% endmacro %}


{#- A column of the contract as it is understood. -#}
{% macro understood_column(column, contract) -%}
    {%- if column.words -%}
        {{ understood_word(column) }}
    {%- elif contract.complete and column.name == contract.ends_at -%}
        case
            when gone.gone_at < coalesce(landed.{{ column.quoted }}, timestamp '9999-12-31') then gone.gone_at
            else landed.{{ column.quoted }}
        end
    {%- else -%}
        landed.{{ column.quoted }}
    {%- endif -%}
{%- endmacro %}


{#- The canonical word that a word of a landed row means. -#}
{% macro understood_word(column) -%}
    case
        when landed.{{ column.quoted }} in ({{ quoted_list(column.words) }}) then landed.{{ column.quoted }}
        {%- if column.keeps_other_words %}
        else coalesce(words_of_{{ column.name }}.means, trim(landed.{{ column.quoted }}))
        {%- else %}
        else words_of_{{ column.name }}.means
        {%- endif %}
    end
{%- endmacro %}


{#- A word that is no canonical one as the map of words knows it; NULL for canonical words, which need no map. -#}
{% macro said_word(column) -%}
    case
        when landed.{{ column.quoted }} not in ({{ quoted_list(column.words) }})
            then {{ folded_word('landed.' ~ column.quoted) }}
    end
{%- endmacro %}


{#- The contract of a landed table as its sources YAML states it: its columns, and the columns by which it names a thing.
    dbt knows it only when it compiles. -#}
{% macro landed_contract(system, table) %}
    {%- if not execute -%} {{ return({'columns': [], 'thing': [], 'complete': false}) }} {%- endif -%}
    {%- set declared = graph.sources['source.customer_health.' ~ system ~ '.' ~ table] -%}
    {%- set columns = [] -%}
    {%- for column in declared.columns.values() -%}
        {%- set meta = column.config.meta -%}
        {%- do columns.append({
            'name': column.name,
            'quoted': adapter.quote(column.name),
            'subject': system ~ '.' ~ table ~ '.' ~ column.name,
            'words': meta.get('words', []),
            'keeps_other_words': meta.get('keeps_other_words', false),
            'own_words': meta.get('own_words', false),
        }) -%}
    {%- endfor -%}
    {%- set meta = declared.config.meta -%}
    {{ return({
        'columns': columns,
        'thing': meta.get('thing', meta.identity),
        'complete': is_exported_whole(system, table),
        'ends_at': meta.get('ends_at'),
        'is_revised': 'updated_at' in declared.columns,
    }) }}
{% endmacro %}


{#- Texts as a list of SQL literals. -#}
{% macro quoted_list(texts) -%}
    '{{ texts | join("', '") }}'
{%- endmacro %}


{#- Every column of words: its subject, its canonical words, and whether a company may add words of its own. -#}
{% macro columns_of_words() %}
    {%- set found = [] -%}
    {%- for landed in landed_tables() -%}
        {%- for column in landed_contract(landed.system, landed.table).columns if column.words -%}
            {%- do found.append(column) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{% endmacro %}


{#- The columns to which a company may add words of its own, as a list of SQL literals. -#}
{% macro columns_of_own_words() -%}
    {{ quoted_list(columns_of_words() | selectattr('own_words') | map(attribute='subject') | list) }}
{%- endmacro %}


{#- Every canonical word of the contract with the column whose word it is. -#}
{% macro canonical_words() -%}
    select
        listed.subject,
        listed.word
    from (
        values
        {%- for column in columns_of_words() %}
        {%- set outer = loop %}
        {%- for word in column.words %}
        ('{{ column.subject }}', '{{ word }}'){{ ',' if not (loop.last and outer.last) }}
        {%- endfor %}
        {%- else %}
        ('', '')
        {%- endfor %}
    ) as listed (subject, word)
{%- endmacro %}


{#- What the columns of words hold besides canonical words, counted by word and file. The history of a ticket speaks the
    words of the ticket's own columns. -#}
{% macro words_that_are_not_canonical() -%}
    {%- set parts = [] -%}
    {%- for landed in landed_tables() -%}
        {%- set relation = source(landed.system, landed.table) -%}
        {%- for column in landed_contract(landed.system, landed.table).columns if column.words and not column.keeps_other_words -%}
            {%- do parts.append([landed, relation, column, column.quoted ~ ' not in (' ~ quoted_list(column.words) ~ ')', "'" ~ column.subject ~ "'"]) -%}
        {%- endfor -%}
        {%- if landed.table == 'ticket_events' -%}
            {%- for column in landed_contract(landed.system, landed.table).columns if column.name in ['old', 'new'] -%}
                {%- do parts.append([landed, relation, column, "field in ('status', 'priority')", "'support.tickets.' || field"]) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for landed, relation, column, condition, subject in parts %}
    select
        {{ subject }} as subject,
        '{{ landed.system }}' as system,
        '{{ landed.table }}' as table_name,
        '{{ column.name }}' as column_name,
        {{ column.quoted }} as word,
        count(*) as row_count,
        _file as landed_file,
        min(_line) as landed_line
    from {{ relation }}
    where {{ condition }} and {{ column.quoted }} is not null and {{ was_known('_loaded_at') }}
    group by all
    {% if not loop.last %}union all{% endif %}
    {%- else %}
    select 1
    {%- endfor %}
{%- endmacro %}
