with

tagged as (
    select
        *,
        map_from_entries(list_distinct(list_transform(
            entries(tags, '$'), lambda tag: struct_pack(key := inside(tag, '$.key'), value := inside(tag, '$.value'))
        ))) as said
    from events
)

select
    "eventID" as error_id,
    as_time("dateCreated") as occurred_at,
    coalesce(said['account_id'], said['account'], said['organization'], said['tenant']) as account_id,
    inside("user", '$.id') as user_id,
    said['feature'] as feature_id,
    case when said['level'] = 'fatal' and said['handled'] = 'no' then 'crash' else 'exception' end as error_type,
    said['level'] as severity,
    "groupID" as fingerprint,
    coalesce(message, title) as message,
    said['release'] as release,
    landed_file,
    landed_line
from tagged
