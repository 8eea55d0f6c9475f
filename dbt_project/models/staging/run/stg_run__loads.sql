select
    load_id,
    system,
    table_name,
    file as landed_file,
    refusal,
    lines_read,
    rows_loaded,
    rows_quarantined
from {{ source('run', 'loads') }}
where {{ was_known('loaded_at') }}

union all

-- Of a file that has been written over since, the rows that it had said by then.
select
    loads.load_id,
    loads.system,
    loads.table_name,
    loads.file as landed_file,
    loads.refusal,
    cast(sum(said.row_count) as bigint) as lines_read,
    cast(sum(said.row_count) as bigint) as rows_loaded,
    cast(0 as bigint) as rows_quarantined
from {{ source('run', 'rows_said_before') }} as said
inner join {{ source('run', 'loads') }} as loads on said.load_id = loads.load_id
where {{ was_known('said.known_since') }} and not {{ was_known('loads.loaded_at') }}
group by loads.load_id, loads.system, loads.table_name, loads.file, loads.refusal

-- Left behind in raw: loaded_at (a clock; the same files loaded twice would differ) and file_sha256.
