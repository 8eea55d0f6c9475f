with

-- One pass over each table: every identity of a row with the number of rows that carry it.
reconciled as (
    {% for landed in landed_tables() %}
        select
            '{{ landed.system }}' as system,
            '{{ landed.table }}' as table_name,
            coalesce(sum(row_count), 0) as rows_loaded,
            coalesce(sum(row_count) filter (where is_rejected), 0) as rejected,
            coalesce(sum(row_count) filter (where not is_rejected and is_later), 0) as later_than_as_of,
            {{ rows_kept(landed) }} as rows_kept
        from (
            select
                {{ counted_identity(landed) }},
                rejection_reason is not null as is_rejected,
                {{ 'not (' ~ happened_by_as_of(landed.happened_at) ~ ')' if landed.happened_at else 'false' }}
                    as is_later,
                {{ landed.identity[0] }} is null as is_unnamed,
                count(*) as row_count
            from {{ rows_to_count(landed) }}
            group by all
        )
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

loads as (select * from {{ ref('stg_run__loads') }}),

replays as (select * from {{ ref('stg_run__replays') }}),

loaded as (
    select
        system,
        table_name,
        sum(lines_read) as lines_read,
        sum(rows_quarantined) as rows_quarantined,
        count(*) filter (where refusal is null) as files_loaded,
        count(*) filter (where refusal is not null) as files_refused
    from loads
    group by system, table_name
),

replayed as (
    select
        system,
        table_name,
        count(*) as files_replayed
    from replays
    group by system, table_name
),

counted as (
    select
        reconciled.system,
        reconciled.table_name,
        cast(coalesce(loaded.files_loaded, 0) as bigint) as files_loaded,
        cast(coalesce(loaded.files_refused, 0) as bigint) as files_refused,
        cast(coalesce(replayed.files_replayed, 0) as bigint) as files_replayed,
        cast(coalesce(loaded.lines_read, 0) as bigint) as lines_read,
        cast(coalesce(loaded.rows_quarantined, 0) as bigint) as rows_quarantined,
        cast(reconciled.rows_loaded as bigint) as rows_loaded,
        cast(
            reconciled.rows_loaded - reconciled.rejected - reconciled.later_than_as_of - reconciled.rows_kept as bigint
        ) as duplicates,
        cast(reconciled.rejected as bigint) as rejected,
        cast(reconciled.later_than_as_of as bigint) as later_than_as_of,
        cast(reconciled.rows_kept as bigint) as rows_kept
    from reconciled
    left join loaded using (system, table_name)
    left join replayed using (system, table_name)
)

select
    *,
    lines_read - rows_quarantined - duplicates - rejected - later_than_as_of - rows_kept as unaccounted
from counted
