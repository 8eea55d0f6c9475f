{{ config(materialized='ephemeral') }}

select
    load_id,
    system,
    table_name,
    column_name,
    warning,
    row_count
from {{ source('run', 'load_warnings') }}
where load_id in (select known.load_id from {{ ref('stg_run__loads') }} as known)
