with

source as (select * from {{ source('status', 'components') }} where {{ was_known('_loaded_at') }})

select
    -- ids
    component_id,
    -- texts
    name as component_name,
    "group" as component_group,
    criticality,
    -- lineage
    cast(null as varchar) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
