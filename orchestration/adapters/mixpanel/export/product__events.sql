-- A distinct_id is that of the device until somebody is identified: it is $device_id, or that with $device: before it.
-- Once Mixpanel knows the person, it exports events of before with the person's, so an event is told without it, and is
-- one with that of the device. Without $insert_id two equal events may be two.
select
    case
        when inside(properties, '$."$insert_id"') is not null then md5(concat_ws(
            '|',
            event,
            inside(properties, '$.time'),
            inside(properties, '$."$insert_id"')
        ))
    end as event_id,
    event as event_name,
    case
        when event = '$identify' then 'identify'
        when event in ('$create_alias', '$merge') then 'alias'
        when event = '$mp_web_page_view' then 'page'
        else 'track'
    end as event_type,
    as_time(inside(properties, '$.time')) as event_ts,
    as_time(inside(properties, '$.mp_processing_time_ms')) as received_at,
    coalesce(
        inside(properties, '$."$user_id"'),
        case
            when inside(properties, '$.distinct_id') not like '$device:%'
                and inside(properties, '$.distinct_id') is distinct from inside(properties, '$."$device_id"')
                then inside(properties, '$.distinct_id')
        end
    ) as user_id,
    coalesce(
        inside(properties, '$."$device_id"'),
        nullif(regexp_extract(inside(properties, '$.distinct_id'), '^[$]device:(.+)$', 1), '')
    ) as anonymous_id,
    coalesce(
        only_inside(properties, '$.company_id'),
        only_inside(properties, '$.account_id'),
        only_inside(properties, '$.company')
    ) as account_id,
    inside(properties, '$.feature') as feature_id,
    inside(properties, '$."$os"') as os,
    inside(properties, '$."$browser"') as browser,
    inside(properties, '$."$app_version_string"') as app_version,
    inside(properties, '$.mp_country_code') as country,
    properties,
    landed_file,
    landed_line
from events
