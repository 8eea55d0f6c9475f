with

source as (select * from {{ source('product', 'releases') }} where {{ was_known('_loaded_at') }})

select
    -- ids
    release_id,
    feature_id,
    -- texts
    title,
    -- times
    released_at,
    -- lineage
    cast(null as varchar) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
