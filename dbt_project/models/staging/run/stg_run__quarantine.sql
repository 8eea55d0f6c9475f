{{ config(materialized='ephemeral') }}

select
    load_id,
    system,
    table_name,
    file as landed_file,
    line_number as landed_line,
    reason
from {{ source('run', 'quarantine') }}
where load_id in (select known.load_id from {{ ref('stg_run__loads') }} as known)

-- Left behind in raw: line (the text as it came may hold personal data).
