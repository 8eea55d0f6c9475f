select
    load_id,
    system,
    table_name,
    column_name,
    warning,
    row_count
from {{ source('run', 'load_warnings') }}
