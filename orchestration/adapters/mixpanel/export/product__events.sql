select
    md5(concat_ws('|', event, inside(properties, '$.distinct_id'), inside(properties, '$.time'), inside(properties, '$."$insert_id"'))) as event_id,
    event as event_name,
    'track' as event_type,
    as_time(inside(properties, '$.time')) as event_ts,
    as_time(inside(properties, '$.mp_processing_time_ms')) as received_at,
    coalesce(
        inside(properties, '$."$user_id"'),
        case when inside(properties, '$."$device_id"') is null then inside(properties, '$.distinct_id') end
    ) as user_id,
    inside(properties, '$."$device_id"') as anonymous_id,
    coalesce(inside(properties, '$.company_id'), inside(properties, '$.account_id'), inside(properties, '$.company')) as account_id,
    inside(properties, '$.feature') as feature_id,
    inside(properties, '$."$os"') as os,
    inside(properties, '$."$browser"') as browser,
    inside(properties, '$."$app_version_string"') as app_version,
    inside(properties, '$.mp_country_code') as country,
    properties,
    landed_file,
    landed_line
from events
