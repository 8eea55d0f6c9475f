with

source as (
    {{ landed_rows('status', 'components') }}
)

select
    -- ids
    component_id,
    -- texts
    name as component_name,
    source.group as component_group,
    criticality,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
