with

source as (
    {{ landed_rows('catalogue', 'words') }}
)

select
    -- texts
    system,
    table_name,
    column_name,
    said,
    means,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
