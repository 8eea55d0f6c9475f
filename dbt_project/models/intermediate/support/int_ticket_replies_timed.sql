with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

events as (select * from {{ ref('int_ticket_events_deduplicated') }}),

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

{%- set moments = {'opened': 'created_at', 'replied': 'first_reply_at'} %}
-- Open time from the beginning of the calendar up to a moment; it stands still while support is closed.
{% for step, moment in moments.items() %}
{{ step }} as (
    select
        replies.ticket_id,
        openings.open_microseconds_before
        + {{ epoch_microseconds('least(replies.' ~ moment ~ ', openings.closes_at)') }}
        - {{ epoch_microseconds('openings.opens_at') }} as business_microseconds
    from replies
    inner join openings
        on
            replies.{{ moment }} >= openings.opens_at
            and replies.{{ moment }} < openings.next_opens_at
){{ ',' if not loop.last }}

{% endfor %}
select
    replies.ticket_id,
    cast(opened.business_microseconds as bigint) as opened_business_microseconds,
    cast({{ seconds_between('replies.created_at', 'replies.first_reply_at') }} as double) as first_reply_seconds,
    cast((replied.business_microseconds - opened.business_microseconds) / 1000000.0 as double)
        as first_reply_business_seconds,
    replies.created_at,
    replies.first_reply_at
from replies
left join opened using (ticket_id)
left join replied using (ticket_id)
