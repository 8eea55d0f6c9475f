-- Each text of JSON is parsed once, as there are millions.
with

parsed as (
    select
        *,
        case when json_valid(context) then json_transform(
            context,
            '{"groupId":"VARCHAR","sessionId":"VARCHAR","userAgent":"VARCHAR","ip":"VARCHAR",'
            '"device":{"type":"VARCHAR"},"os":{"name":"VARCHAR"},"app":{"version":"VARCHAR"},'
            '"location":{"country":"VARCHAR"}}'
        ) end as told,
        case when json_valid(properties) then json_transform(
            properties,
            '{"path":"VARCHAR","session_id":"VARCHAR","feature":"VARCHAR","feature_id":"VARCHAR",'
            '"duration_ms":"VARCHAR","platform":"VARCHAR","browser":"VARCHAR","country":"VARCHAR"}'
        ) end as property
    from calls
)

-- The context of a group call may still name the group of before.
select
    "messageId" as event_id,
    case when type = 'track' then event else coalesce(name, property.path, type) end as event_name,
    type as event_type,
    as_time(timestamp) as event_ts,
    as_time("originalTimestamp") as original_ts,
    as_time("sentAt") as sent_at,
    as_time("receivedAt") as received_at,
    "userId" as user_id,
    "anonymousId" as anonymous_id,
    coalesce("groupId", told."groupId", no_json(context)) as account_id,
    coalesce(told."sessionId", property.session_id) as session_id,
    coalesce(property.feature_id, property.feature) as feature_id,
    property.duration_ms,
    property.platform,
    property.browser,
    told.device.type as device_type,
    told.os.name as os,
    told.app.version as app_version,
    coalesce(told.location.country, property.country) as country,
    told."userAgent" as user_agent,
    told.ip,
    properties,
    landed_file,
    landed_line
from parsed
