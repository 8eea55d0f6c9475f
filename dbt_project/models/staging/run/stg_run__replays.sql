select
    system,
    table_name,
    file as landed_file,
    first_load_id
from {{ source('run', 'replays') }}
