with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

events as (select * from {{ ref('int_ticket_events_deduplicated') }}),

schedules as (select * from {{ ref('int_ticket_schedules_chosen') }}),

openings as (select * from {{ ref('int_business_hours_spined') }}),

-- A note that the customer cannot see, a bot and the system do not reply.
events_of_tickets as (
    select
        tickets.ticket_id,
        min(events.changed_at) filter (
            where
            events.field = 'comment'
            and events.actor_type = 'agent'
            and events.is_public
            and events.changed_at >= tickets.created_at
        ) as first_reply_at,
        count(events.ticket_id) > 0 as has_history
    from tickets
    left join events on tickets.ticket_id = events.ticket_id
    group by tickets.ticket_id
),

-- The help desk's own time counts only for tickets without any history.
replies as (
    select
        tickets.ticket_id,
        tickets.created_at,
        case
            when events_of_tickets.has_history then events_of_tickets.first_reply_at
            when tickets.first_reply_at >= tickets.created_at then tickets.first_reply_at
        end as first_reply_at
    from tickets
    inner join events_of_tickets using (ticket_id)
),

moments as (
    select
        ticket_id,
        'opened' as moment,
        created_at as happened_at
    from replies
    union all
    select
        ticket_id,
        'replied' as moment,
        first_reply_at as happened_at
    from replies
    where first_reply_at is not null
),

-- Open time from the beginning of the calendar up to a moment; it stands still while support is closed.
clock as (
    select
        moments.ticket_id,
        moments.moment,
        openings.open_microseconds_before
        + {{ epoch_microseconds('least(moments.happened_at, openings.closes_at)') }}
        - {{ epoch_microseconds('openings.opens_at') }} as business_microseconds
    from moments
    inner join schedules on moments.ticket_id = schedules.ticket_id
    inner join openings
        on
            schedules.schedule_id = openings.schedule_id
            and moments.happened_at >= openings.opens_at
            and moments.happened_at < openings.next_opens_at
),

clocks as (
    select
        ticket_id,
        max(business_microseconds) filter (where moment = 'opened') as opened_at_clock,
        max(business_microseconds) filter (where moment = 'replied') as replied_at_clock
    from clock
    group by ticket_id
)

select
    replies.ticket_id,
    cast(clocks.opened_at_clock as bigint) as opened_business_microseconds,
    cast({{ seconds_between('replies.created_at', 'replies.first_reply_at') }} as double) as first_reply_seconds,
    cast((clocks.replied_at_clock - clocks.opened_at_clock) / 1000000.0 as double) as first_reply_business_seconds,
    replies.created_at,
    replies.first_reply_at
from replies
left join clocks using (ticket_id)
