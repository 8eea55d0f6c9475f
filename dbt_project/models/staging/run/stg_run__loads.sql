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

-- Left behind in raw: loaded_at (a clock; the same files loaded twice would differ) and file_sha256.
