with

source as (
    {{ landed_rows('privacy', 'consent') }}
)

select
    -- ids
    {{ pseudonym('user_id') }} as user_id,
    purpose,
    -- booleans
    granted as is_granted,
    -- times
    source.from as valid_from,
    source.to as valid_to,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
