with

source as (
    {{ landed_rows('crm', 'feature_requests') }}
)

select
    -- ids
    request_id,
    account_id,
    coalesce(idea_id, request_id) as idea_id,
    -- texts
    title as idea_title,
    status,
    -- times
    requested_at,
    closed_at,
    updated_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
