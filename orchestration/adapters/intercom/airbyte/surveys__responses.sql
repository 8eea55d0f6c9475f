with

-- A rating that is no JSON is neither a number nor a time: it is handed on, to be refused by name.
rated as (
    select *, case when no_json(conversation_rating) is not null then conversation_rating end as unread
    from conversations
)

select
    'intercom-' || numbered_by('intercom', as_key(rated.id)) as response_id,
    'csat' as survey_type,
    coalesce(inside(rated.conversation_rating, '$.rating'), rated.unread) as score,
    1 as scale_min,
    5 as scale_max,
    inside(rated.conversation_rating, '$.remark') as comment,
    -- When it was given, or at least asked for.
    as_time(coalesce(
        inside(rated.conversation_rating, '$.updated_at'),
        inside(rated.conversation_rating, '$.created_at'),
        rated.unread
    )) as responded_at,
    contacts.external_id as user_id,
    coalesce(
        rated.company_id,
        case when len(entries(contacts.companies, '$.data')) = 1 then inside(contacts.companies, '$.data[0].id') end
    ) as account_id,
    rated.landed_file,
    rated.landed_line
from rated
left join contacts
    on contacts.id = coalesce(inside(rated.contacts, '$.contacts[0].id'), inside(rated.contacts, '$[0].id'))
where coalesce(inside(rated.conversation_rating, '$.rating'), rated.unread) is not null
qualify
    row_number() over (
        partition by rated.landed_file, rated.landed_line
        order by contacts.landed_file desc, contacts.landed_line desc
    ) = 1
