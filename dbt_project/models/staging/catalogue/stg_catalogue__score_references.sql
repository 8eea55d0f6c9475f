with

source as (
    {{ landed_rows('catalogue', 'score_references') }}
)

select
    -- texts
    component,
    segment,
    drawn_from,
    -- numbers
    p10,
    p25,
    p50,
    p75,
    p90,
    prior_value,
    -- times
    valid_from,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
