with

source as (
    {{ landed_rows('product', 'events') }}
)

select
    -- ids
    event_id,
    {{ pseudonym('user_id') }} as user_id,
    {{ pseudonym('anonymous_id') }} as anonymous_id,
    account_id,
    session_id as sender_session_id,
    feature_id,
    -- texts
    event_name,
    event_type,
    platform,
    device_type,
    os as operating_system,
    browser,
    app_version,
    country,
    user_agent,
    split_part(ip, '.', 1) || '.' || split_part(ip, '.', 2) || '.' || split_part(ip, '.', 3) as ip_network,
    -- numbers
    duration_ms / 1000.0 as duration_seconds,
    -- times
    event_ts as occurred_at,
    original_ts as original_at,
    sent_at,
    received_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source

-- Left behind in raw: properties (free text that may hold personal data).
