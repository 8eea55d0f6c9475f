select
    'intercom-' || as_key(conversations.id) as response_id,
    'csat' as survey_type,
    inside(conversations.conversation_rating, '$.rating') as score,
    1 as scale_min,
    5 as scale_max,
    inside(conversations.conversation_rating, '$.remark') as comment,
    as_time(inside(conversations.conversation_rating, '$.created_at')) as responded_at,
    contacts.external_id as user_id,
    coalesce(
        conversations.company_id,
        case when len(entries(contacts.companies, '$.data')) = 1 then inside(contacts.companies, '$.data[0].id') end
    ) as account_id,
    conversations.landed_file,
    conversations.landed_line
from conversations
left join contacts on contacts.id = coalesce(inside(conversations.contacts, '$.contacts[0].id'), inside(conversations.contacts, '$[0].id'))
where inside(conversations.conversation_rating, '$.rating') is not null
qualify row_number() over (partition by conversations.landed_file, conversations.landed_line order by contacts.landed_file desc, contacts.landed_line desc) = 1
