-- Times tell no zone and are UTC. An event that was sent twice has one $insert_id. One of several companies is none's.
select
    coalesce("$insert_id", uuid) as event_id,
    event_type as event_name,
    case when event_type = '$identify' then 'identify' when event_type = '$groupidentify' then 'group' else 'track' end as event_type,
    as_utc(as_time(event_time)) as event_ts,
    as_utc(as_time(client_event_time)) as original_ts,
    as_utc(as_time(client_upload_time)) as sent_at,
    as_utc(as_time(server_received_time)) as received_at,
    user_id,
    device_id as anonymous_id,
    coalesce(customer_in(groups), unknown_groups(groups)) as account_id,
    case when try_cast(session_id as double) >= 0 then as_key(session_id) end as session_id,
    inside(event_properties, '$.feature') as feature_id,
    platform,
    device_type,
    os_name as os,
    version_name as app_version,
    country,
    ip_address as ip,
    event_properties as properties,
    landed_file,
    landed_line
from events
