-- A distinct_id that no identify call made known is that of a device; in its place PostHog writes $device_id too.
select
    uuid as event_id,
    event as event_name,
    case
        when event = '$pageview' then 'page'
        when event = '$screen' then 'screen'
        when event = '$identify' then 'identify'
        when event = '$groupidentify' then 'group'
        when event = '$create_alias' then 'alias'
        else 'track'
    end as event_type,
    as_time(timestamp) as event_ts,
    as_time(inside(properties, '$."$sent_at"')) as sent_at,
    as_time(coalesce(created_at, _inserted_at)) as received_at,
    case when distinct_id is distinct from inside(properties, '$."$device_id"') then distinct_id end as user_id,
    inside(properties, '$."$device_id"') as anonymous_id,
    coalesce(inside(properties, '$."$group_0"'), inside(properties, '$."$groups".company')) as account_id,
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
from events
