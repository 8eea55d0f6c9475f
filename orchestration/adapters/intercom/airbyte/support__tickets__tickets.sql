-- Tickets of Intercom's own. One of a customer is a conversation, too, under the same number, which tells it where it is
-- exported; what agents write for themselves (trackers, back office) asks us nothing.
with

asked as (
    select *
    from tickets
    where
        coalesce(as_key(id) not in (select as_key(id) from conversations where id is not null), true)
        and lower(coalesce(category, inside(ticket_type, '$.category'), '')) not in ('tracker', 'back-office')
),

parts as (
    select landed_file, landed_line, unnest(entries(ticket_parts, '$.ticket_parts')) as part from asked
),

told as (
    select
        landed_file,
        landed_line,
        to_time(part ->> '$.created_at') as happened_at,
        coalesce((part ->> '$.part_type') = 'comment' and (part ->> '$.author.type') in ('admin', 'team'), false) as is_reply,
        case when part ->> '$.part_type' like 'ticket_state_updated%' then part ->> '$.previous_ticket_state' end as former,
        case when part ->> '$.part_type' like 'ticket_state_updated%' then part ->> '$.ticket_state' end as state
    from parts
),

-- Of more than 500 parts the export brings not all, and so none of what follows.
whole as (
    select landed_file, landed_line, try_cast(inside(ticket_parts, '$.total_count') as integer) as part_count from asked
    where part_count <= len(entries(ticket_parts, '$.ticket_parts'))
),

summed as (
    select
        landed_file,
        landed_line,
        min(happened_at) filter (where is_reply) as first_reply_at,
        count(*) filter (where is_reply) as replies,
        max(happened_at) filter (where state = 'resolved' and former is distinct from state) as solved_at,
        count(*) filter (where former = 'resolved' and state <> former) as reopens
    from whole
    left join told using (landed_file, landed_line)
    group by landed_file, landed_line
)

select
    numbered_by('intercom', as_key(asked.id)) as ticket_id,
    coalesce(asked.company_id, people.company_id) as account_id,
    coalesce(people.external_id, inside(asked.contacts, '$.contacts[0].external_id')) as requester_user_id,
    as_time(asked.created_at) as created_at,
    as_time(asked.updated_at) as updated_at,
    as_time(cast(summed.first_reply_at as varchar)) as first_reply_at,
    case
        when coalesce(inside(asked.ticket_state, '$.category'), asked.ticket_state) = 'resolved'
            then as_time(cast(summed.solved_at as varchar))
    end as solved_at,
    -- A word that nobody explains is counted.
    coalesce(inside(asked.ticket_state, '$.category'), asked.ticket_state) as status,
    inside(asked.ticket_type, '$.name') as type,
    summed.reopens,
    summed.replies,
    asked.landed_file,
    asked.landed_line
from asked
left join summed on summed.landed_file = asked.landed_file and summed.landed_line = asked.landed_line
left join each_person as people on people.id = inside(asked.contacts, '$.contacts[0].id')
