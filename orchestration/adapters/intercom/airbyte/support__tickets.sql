with

replies as (
    select ticket_id, count(*) as replies
    from each_part
    where is_said and inside(author, '$.type') in ('admin', 'team') and not is_deleted
    group by all
),

-- What we send to many asks us nothing; whoever answers it does, from then on.
asked as (
    select
        *,
        inside(source, '$.delivered_as') in ('automated', 'campaigns_initiated') as is_sent_to_many,
        inside(statistics, '$.first_contact_reply_at') as answered_at
    from conversations
    where not coalesce(is_sent_to_many and json_valid(statistics) and answered_at is null, false)
)

select
    numbered_by('intercom', as_key(conversations.id)) as ticket_id,
    coalesce(conversations.company_id, people.company_id) as account_id,
    people.external_id as requester_user_id,
    as_time(coalesce(
        case when conversations.is_sent_to_many then conversations.answered_at end, conversations.created_at
    )) as created_at,
    as_time(conversations.updated_at) as updated_at,
    as_time(inside(conversations.statistics, '$.first_admin_reply_at')) as first_reply_at,
    case when conversations.state = 'closed' then as_time(inside(conversations.statistics, '$.last_close_at')) end as solved_at,
    case conversations.state when 'closed' then 'solved' when 'snoozed' then 'hold' else conversations.state end as status,
    case conversations.priority when 'priority' then 'high' when 'not_priority' then 'normal' else conversations.priority end as priority,
    inside(conversations.source, '$.type') as channel,
    inside(conversations.statistics, '$.count_reopens') as reopens,
    -- Where parts are exported at all, a conversation without one was not answered.
    case when exists (select 1 from each_part) then coalesce(replies.replies, 0) end as replies,
    case
        when try_cast(inside(conversations.conversation_rating, '$.rating') as integer) >= 4 then 'good'
        when try_cast(inside(conversations.conversation_rating, '$.rating') as integer) <= 2 then 'bad'
        -- A word that nobody explains is counted; three of five is neither good nor bad.
        when try_cast(inside(conversations.conversation_rating, '$.rating') as integer) is null
            then inside(conversations.conversation_rating, '$.rating')
    end as satisfaction,
    -- When it was given, or at least asked for.
    as_time(coalesce(
        inside(conversations.conversation_rating, '$.updated_at'),
        inside(conversations.conversation_rating, '$.created_at')
    )) as satisfaction_at,
    conversations.landed_file,
    conversations.landed_line
from asked as conversations
left join each_person as people on people.id = coalesce(inside(conversations.contacts, '$.contacts[0].id'), inside(conversations.contacts, '$[0].id'))
left join replies on replies.ticket_id = as_key(conversations.id)
