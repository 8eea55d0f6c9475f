with

source as (
    {{ landed_rows('crm', 'csm_sentiment') }}
)

select
    -- ids
    account_id,
    author as author_id,
    -- numbers
    value as sentiment,
    -- booleans
    reason is not null as has_reason,
    -- times
    set_at,
    expires_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
