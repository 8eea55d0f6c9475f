-- Whose an event is. Of the identifiers of one person Mixpanel exports any as distinct_id, in projects of its first way
-- of merging the one of a device, too, and keeps the sender's own beside it.
with

told as (
    select
        *,
        inside(properties, '$.distinct_id') as distinct_id,
        inside(properties, '$."$distinct_id_before_identity"') as former_id,
        inside(properties, '$."$device_id"') as device_id,
        inside(properties, '$."$insert_id"') as insert_id,
        as_time(inside(properties, '$.time')) as happened_at
    from events
)

select
    *,
    case
        when inside(properties, '$."$user_id"') is not null then inside(properties, '$."$user_id"')
        when distinct_id like '$device:%' or distinct_id = device_id then null
        -- Where devices are marked, what is not marked is a person.
        when former_id like '$device:%' or not is_like_a_device(distinct_id) then distinct_id
        when former_id is distinct from device_id and not is_like_a_device(former_id) then former_id
        -- It may be another device of the person, and nothing on the line tells.
        when device_id is null then distinct_id
    end as person_id,
    coalesce(device_id, nullif(regexp_extract(distinct_id, '^[$]device:(.+)$', 1), '')) as known_device_id
from told
