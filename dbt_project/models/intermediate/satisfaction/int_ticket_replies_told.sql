with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

events as (select * from {{ ref('int_ticket_events_deduplicated') }}),

comments as (
    select
        tickets.ticket_id,
        tickets.created_at,
        tickets.first_reply_at as own_reply_at,
        events.actor_type,
        -- A note that the customer cannot see, a bot and the system do not reply.
        events.actor_type = 'agent' and events.is_public as is_reply,
        -- Clocks differ by up to two seconds; nobody has read and answered by then.
        events.changed_at <= tickets.created_at + interval '2 seconds' as is_at_opening,
        events.changed_at
    from tickets
    left join events
        on
            tickets.ticket_id = events.ticket_id
            and events.field = 'comment'
            and events.is_told
            and events.changed_at >= tickets.created_at - interval '2 seconds'
),

-- Who writes first opens the ticket. The help desk's own time may count a bot: what the history says of that minute
-- counts.
openings_of_tickets as (
    select
        ticket_id,
        created_at,
        own_reply_at,
        coalesce(
            bool_or(is_reply and is_at_opening) and not bool_or(actor_type = 'end_user' and is_at_opening), false
        ) as is_opened_by_agent,
        min(changed_at) filter (where is_reply) as first_reply_at,
        min(changed_at) filter (where is_reply and not is_at_opening) as first_later_reply_at,
        coalesce(bool_or(
            actor_type != 'end_user'
            and changed_at >= own_reply_at - interval '1 minute'
            and changed_at <= own_reply_at + interval '1 minute'
        ), false) as is_own_time_explained
    from comments
    group by ticket_id, created_at, own_reply_at
),

first_replies as (
    select
        ticket_id,
        created_at,
        is_opened_by_agent,
        least(
            case when is_opened_by_agent then first_later_reply_at else first_reply_at end,
            case
                when is_own_time_explained or own_reply_at < created_at - interval '2 seconds' then null
                when is_opened_by_agent and own_reply_at <= created_at + interval '2 seconds' then null
                else own_reply_at
            end
        ) as replied_at
    from openings_of_tickets
)

select
    ticket_id,
    is_opened_by_agent,
    created_at,
    case when replied_at is not null then greatest(created_at, replied_at) end as first_reply_at
from first_replies
