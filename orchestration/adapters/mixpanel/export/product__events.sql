-- Once Mixpanel knows the person it exports events of before with the person's distinct_id, so an event is told by its
-- device in place of it, and by its second, as an export may write times in milliseconds, too. Without $insert_id two
-- equal events may be two.
select
    case
        when insert_id is not null
            then md5(concat_ws('|', event, left(as_utc(happened_at), 19), insert_id, device_id))
    end as event_id,
    event as event_name,
    case
        when event = '$identify' then 'identify'
        when event in ('$create_alias', '$merge') then 'alias'
        when event = '$mp_web_page_view' then 'page'
        else 'track'
    end as event_type,
    happened_at as event_ts,
    as_time(inside(properties, '$.mp_processing_time_ms')) as received_at,
    person_id as user_id,
    known_device_id as anonymous_id,
    coalesce(
        only_inside(properties, '$.company_id'),
        only_inside(properties, '$.account_id'),
        only_inside(properties, '$.company'),
        case
            when regexp_matches(properties, '(?i)"(company|account|organi[sz]ation)[ _-]?id"\s*:') then only_inside(
                properties, path_of(properties, ['companyid', 'accountid', 'organizationid', 'organisationid'])
            )
        end
    ) as account_id,
    inside(properties, '$.feature') as feature_id,
    inside(properties, '$."$os"') as os,
    inside(properties, '$."$browser"') as browser,
    inside(properties, '$."$app_version_string"') as app_version,
    inside(properties, '$.mp_country_code') as country,
    properties,
    landed_file,
    landed_line
from each_event
