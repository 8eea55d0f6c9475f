select
    system,
    table_name,
    file as landed_file,
    first_load_id
from {{ source('run', 'replays') }}
where {{ was_known('seen_at') }}
