-- What every call of Segment tells, whatever it is.
select
    event_id as id,
    user_id,
    anonymous_id,
    account_id as context_group_id,
    session_id as context_session_id,
    feature_id,
    duration_ms,
    platform,
    browser,
    country,
    device_type as context_device_type,
    os as context_os_name,
    app_version as context_app_version,
    user_agent as context_user_agent,
    ip as context_ip,
    event_ts as timestamp,
    original_ts as original_timestamp,
    sent_at,
    received_at,
    event_name,
    event_type
from raw.product_events
