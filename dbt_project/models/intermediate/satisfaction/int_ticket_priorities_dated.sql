with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

events as (select * from {{ ref('int_ticket_events_deduplicated') }}),

priority_events as (
    select
        ticket_id,
        old_value,
        new_value,
        sequence_number,
        changed_at,
        row_number() over (partition by ticket_id order by changed_at asc, sequence_number asc) as event_order
    from events
    where field = 'priority' and new_value is not null
),

first_events as (
    select * from priority_events
    where event_order = 1
),

-- Without a recorded change the exported priority has always been the ticket's.
changes as (
    select
        ticket_id,
        new_value as priority,
        sequence_number,
        changed_at
    from priority_events
    union all
    select
        tickets.ticket_id,
        case when first_events.changed_at is null then tickets.priority else first_events.old_value end as priority,
        0 as sequence_number,
        tickets.created_at as changed_at
    from tickets
    left join first_events using (ticket_id)
),

ranked as (
    select
        *,
        case priority when 'low' then 1 when 'normal' then 2 when 'high' then 3 when 'urgent' then 4 end
            as priority_rank
    from changes
)

select
    ticket_id,
    priority,
    cast(row_number() over ticket_history as bigint) as period_number,
    coalesce(priority_rank > lag(priority_rank) over ticket_history, false) as is_raised,
    changed_at as valid_from,
    lead(changed_at) over ticket_history as valid_to
from ranked
window ticket_history as (partition by ticket_id order by changed_at, sequence_number)
