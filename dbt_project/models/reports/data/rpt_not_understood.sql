with

not_read as (select * from {{ ref('stg_run__not_read') }}),

quarantine as (select * from {{ ref('stg_run__quarantine') }}),

unknown_words as (select * from {{ ref('stg_run__unknown_words') }}),

not_understood as (select * from {{ ref('int_rows_not_understood_counted') }}),

currencies as (select * from {{ ref('int_currencies_not_understood') }}),

warnings as (select * from {{ ref('int_load_warnings_summed') }}),

kinds as (select * from {{ ref('finding_kinds') }}),

-- What was found stands last in a reason and may be personal: without it lines of one kind are counted together.
refused as (
    select
        case when landed_line is null then 'refused_file' else 'refused_line' end as finding_kind,
        system,
        table_name,
        'all' as column_name,
        case
            when reason like 'wrong number of fields%' then 'wrong number of fields'
            else split_part(split_part(reason, ': "', 1), '; expected', 1)
        end as finding,
        landed_file,
        landed_line
    from quarantine
),

found as (
    select
        finding_kind,
        system,
        table_name,
        column_name,
        finding,
        count(*) as row_count,
        min(landed_file) as example_file,
        min_by(landed_line, landed_file || lpad(cast(landed_line as string), 12, '0')) as example_line
    from refused
    group by finding_kind, system, table_name, column_name, finding
    union all
    select
        'not_read' as finding_kind,
        'all' as system,
        'all' as table_name,
        'all' as column_name,
        finding,
        1 as row_count,
        cast(null as string) as landed_file,
        cast(null as bigint) as landed_line
    from not_read
    union all
    select
        finding_kind,
        system,
        table_name,
        'all' as column_name,
        finding,
        row_count,
        landed_file,
        landed_line
    from not_understood
    union all
    select
        'currency_without_rate' as finding_kind,
        'billing' as system,
        table_name,
        'currency' as column_name,
        currency as finding,
        row_count,
        landed_file,
        landed_line
    from currencies
    union all
    select
        'unknown_word' as finding_kind,
        system,
        table_name,
        column_name,
        -- A longer text, or one with an address in it, is no word and may be about a person.
        case when length(word) > 40 or word like '%@%' then 'a text that is no word' else word end as finding,
        sum(row_count) as row_count,
        min(landed_file) as landed_file,
        min_by(landed_line, landed_file) as landed_line
    from unknown_words
    group by all
    union all
    select
        case when warning like 'a placeholder%' then 'placeholder' else 'value_not_read' end as finding_kind,
        system,
        table_name,
        column_name,
        warning as finding,
        row_count,
        example_file,
        cast(null as bigint) as landed_line
    from warnings
    where
        warning not like '%no time zone%' and warning != 'unknown column' and warning not like 'an identifier with%'
        and warning not like 'looks like %'
)

select
    found.finding_kind,
    kinds.kind_order,
    found.system,
    found.table_name,
    found.column_name,
    found.finding,
    cast(found.row_count as bigint) as row_count,
    found.example_file,
    found.example_line,
    kinds.meaning,
    kinds.what_to_do
from found
inner join kinds using (finding_kind)
