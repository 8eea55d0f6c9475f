-- What the events tell besides are properties of the call, each a column of its own.
select
    event_id as id,
    lower(event_name) as event,
    event_name as event_text,
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
    received_at
from raw.product_events
where event_type is distinct from 'page'
order by received_at, id
