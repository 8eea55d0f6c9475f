with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

events as (select * from {{ ref('int_ticket_events_deduplicated') }}),

stated as (select * from {{ ref('int_ticket_statuses_stated') }}),

status_events as (
    select * from events
    where field = 'status' and new_value is not null
),

histories as (select distinct ticket_id from status_events),

-- What the ticket itself states stands in for what its history lacks.
changes as (
    select
        ticket_id,
        new_value as status,
        sequence_number,
        true as is_time_told,
        changed_at
    from status_events
    union all
    select
        ticket_id,
        status,
        sequence_number,
        is_time_told,
        changed_at
    from stated
    where {{ happened_by_as_of('changed_at') }}
),

compared as (
    select
        *,
        row_number() over ticket_changes as change_number,
        lag(status) over ticket_changes as previous_status
    from changes
    window ticket_changes as (partition by ticket_id order by changed_at, sequence_number, status nulls last)
),

-- A change to the status that a ticket has already is none.
real_changes as (
    select * from compared
    where change_number = 1 or previous_status is distinct from status
)

select
    real_changes.ticket_id,
    real_changes.status,
    cast(row_number() over ticket_history as bigint) as period_number,
    histories.ticket_id is not null as has_history,
    real_changes.is_time_told,
    real_changes.changed_at as valid_from,
    lead(real_changes.changed_at) over ticket_history as valid_to
from real_changes
inner join tickets using (ticket_id)
left join histories using (ticket_id)
window ticket_history as (partition by real_changes.ticket_id order by real_changes.change_number)
