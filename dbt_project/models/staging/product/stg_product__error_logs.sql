with

source as (
    {{ landed_rows('product', 'error_logs') }}
)

select
    -- ids
    error_id,
    account_id,
    {{ pseudonym('user_id') }} as user_id,
    session_id as sender_session_id,
    feature_id,
    release as release_id,
    -- texts
    error_type,
    severity,
    fingerprint,
    app_version,
    -- numbers
    http_status,
    -- booleans
    coalesce(is_user_visible, true) as is_user_visible,
    -- times
    occurred_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source

-- Left behind in raw: message (free text that may hold personal data).
