with

source as (
    {{ landed_rows('product', 'releases') }}
)

select
    -- ids
    release_id,
    feature_id,
    -- texts
    title,
    -- times
    released_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
