with

source as (
    {{ landed_rows('catalogue', 'feature_catalog') }}
)

select
    -- ids
    feature_id,
    -- texts
    name as feature_name,
    area,
    plans,
    -- Canonical words of roles and platforms are in small letters.
    replace(lower(roles), ' ', '') as roles,
    replace(lower(platforms), ' ', '') as platforms,
    -- numbers
    importance,
    core_min_count,
    -- booleans
    coalesce(is_core, true) as is_core,
    -- times
    released_on,
    retired_on,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
