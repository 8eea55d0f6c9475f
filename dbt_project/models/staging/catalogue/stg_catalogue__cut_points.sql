with

source as (
    {{ landed_rows('catalogue', 'cut_points') }}
)

select
    -- texts
    measure,
    drawn_from,
    -- numbers
    part_number,
    lower_bound,
    -- times
    valid_from,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
