-- A tag is an object of key and value, or a pair of both. Of a key with several values nobody can say which holds: they
-- are handed on as a list, which is no account and no level, and is counted. No map is made of the tags themselves, as
-- one refuses a key that is there twice, and the whole folder with it.
with

paired as (
    select
        *,
        list_transform(
            entries(tags, '$'),
            lambda tag: struct_pack(
                key := coalesce(inside(tag, '$.key'), inside(tag, '$[0]')),
                value := coalesce(inside(tag, '$.value'), inside(tag, '$[1]'))
            )
        ) as pairs
    from events
),

valued as (
    select
        *,
        list_transform(
            list_distinct(list_transform(pairs, lambda pair: pair.key)),
            lambda name: struct_pack(
                key := name,
                said := list_sort(list_distinct(list_transform(
                    list_filter(pairs, lambda pair: pair.key = name), lambda pair: pair.value
                )))
            )
        ) as tags_with_values
    from paired
),

tagged as (
    select
        *,
        map_from_entries(list_transform(
            tags_with_values,
            lambda tag: struct_pack(
                key := tag.key,
                value := case when len(tag.said) > 1 then cast(to_json(tag.said) as varchar) else tag.said[1] end
            )
        )) as said
    from valued
),

-- Sentry keeps messages among errors, reports of browsers about a page, and what developers did: nothing of it went wrong
-- for a customer.
judged as (
    select
        *,
        coalesce(said['level'] not in ('info', 'log', 'debug'), true)
        and coalesce(lower("event.type") in ('error', 'default'), true)
        and coalesce(
            lower(said['environment']) not in (
                'dev', 'develop', 'development', 'local', 'localhost', 'test', 'testing', 'ci', 'qa', 'stage', 'staging'
            ),
            true
        ) as is_of_customers
    from tagged
)

select
    "eventID" as error_id,
    as_time("dateCreated") as occurred_at,
    coalesce(said['account_id'], said['account'], said['organization'], said['tenant'], no_json(tags)) as account_id,
    coalesce(inside("user", '$.id'), lower(inside("user", '$.email'))) as user_id,
    said['feature'] as feature_id,
    case
        when is_of_customers and said['level'] = 'fatal' and said['handled'] = 'no' then 'crash'
        else 'exception'
    end as error_type,
    said['level'] as severity,
    "groupID" as fingerprint,
    case when not is_of_customers then false end as is_user_visible,
    coalesce(message, title) as message,
    said['release'] as release,
    landed_file,
    landed_line
from judged
