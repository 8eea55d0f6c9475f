with

source as (
    {{ landed_rows('catalogue', 'internal_marks') }}
)

select
    -- texts
    mark_kind,
    lower(trim(mark)) as mark,
    reason,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
