with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

events as (select * from {{ ref('int_ticket_events_deduplicated') }}),

status_events as (
    select
        ticket_id,
        new_value,
        sequence_number,
        changed_at
    from events
    where field = 'status' and new_value is not null
),

histories as (
    select
        ticket_id,
        min(changed_at) as first_changed_at,
        max(changed_at) filter (where new_value = 'solved') as last_solved_at,
        max(changed_at) filter (where new_value = 'deleted') as last_deleted_at
    from status_events
    group by ticket_id
),

-- The ticket's own times stand in for what its history lacks; a help desk may round them, hence the hour.
changes as (
    select
        ticket_id,
        new_value as status,
        changed_at,
        sequence_number
    from status_events
    union all
    select
        tickets.ticket_id,
        'new' as status,
        tickets.created_at,
        0
    from tickets
    left join histories using (ticket_id)
    where coalesce(histories.first_changed_at > tickets.created_at, true)
    union all
    select
        tickets.ticket_id,
        'solved' as status,
        tickets.solved_at,
        1000000
    from tickets
    left join histories using (ticket_id)
    where coalesce(histories.last_solved_at < tickets.solved_at - interval '1 hour', tickets.solved_at is not null)
    union all
    select
        tickets.ticket_id,
        'deleted' as status,
        tickets.deleted_at,
        1000001
    from tickets
    left join histories using (ticket_id)
    where tickets.deleted_at is not null and histories.last_deleted_at is null
),

compared as (
    select
        *,
        lag(status) over (partition by ticket_id order by changed_at asc, sequence_number asc, status asc)
            as previous_status
    from changes
),

-- A change to the status that a ticket has already is none.
real_changes as (
    select * from compared
    where previous_status is distinct from status
)

select
    real_changes.ticket_id,
    real_changes.status,
    cast(row_number() over ticket_history as bigint) as period_number,
    histories.ticket_id is not null as has_history,
    real_changes.changed_at as valid_from,
    lead(real_changes.changed_at) over ticket_history as valid_to
from real_changes
inner join tickets using (ticket_id)
left join histories using (ticket_id)
window ticket_history as (
    partition by real_changes.ticket_id
    order by real_changes.changed_at, real_changes.sequence_number, real_changes.status
)
