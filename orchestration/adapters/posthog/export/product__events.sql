-- A distinct_id that no identify call made known is that of a device; in its place PostHog writes $device_id too. After
-- a logout it is a new one and $device_id is not, so $is_identified says it. A server's $groupidentify has a group's.
select
    uuid as event_id,
    event as event_name,
    case
        when event = '$pageview' then 'page'
        when event = '$screen' then 'screen'
        when event in ('$identify', '$set') then 'identify'
        when event = '$groupidentify' then 'group'
        when event in ('$create_alias', '$merge_dangerously') then 'alias'
        else 'track'
    end as event_type,
    as_time(timestamp) as event_ts,
    as_time(inside(properties, '$."$sent_at"')) as sent_at,
    as_time(coalesce(created_at, _inserted_at)) as received_at,
    case when is_person then distinct_id end as user_id,
    case when is_person then device_id else coalesce(device_id, distinct_id) end as anonymous_id,
    coalesce(account_id, unknown_groups(groups)) as account_id,
    inside(properties, '$."$session_id"') as session_id,
    inside(properties, '$.feature') as feature_id,
    inside(properties, '$."$device_type"') as device_type,
    inside(properties, '$."$os"') as os,
    inside(properties, '$."$browser"') as browser,
    inside(properties, '$."$app_version"') as app_version,
    inside(properties, '$."$geoip_country_code"') as country,
    inside(properties, '$."$raw_user_agent"') as user_agent,
    inside(properties, '$."$ip"') as ip,
    properties,
    landed_file,
    landed_line
from each_event
