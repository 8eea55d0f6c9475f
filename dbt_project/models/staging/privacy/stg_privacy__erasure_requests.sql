with

source as (
    {{ landed_rows('privacy', 'erasure_requests') }}
)

select
    -- ids
    request_id,
    {{ pseudonym('user_id') }} as user_id,
    account_id,
    -- booleans
    -- An erasure leaves a token in the place of the person: its prefix and 32 digits.
    coalesce(source.user_id like 'erased-%' and length(source.user_id) = 39, false) as is_fulfilled,
    -- times
    requested_at,
    due_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
