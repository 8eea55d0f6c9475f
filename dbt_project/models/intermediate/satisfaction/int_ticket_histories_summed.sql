with

statuses as (select * from {{ ref('int_ticket_statuses_dated') }}),

solutions as (select * from {{ ref('int_ticket_solutions_dated') }}),

priorities as (select * from {{ ref('int_ticket_priorities_dated') }}),

ticket_statuses as (
    select
        ticket_id,
        max(status) filter (where valid_to is null) as status,
        bool_or(has_history) as has_history,
        max(valid_from) filter (where status = 'deleted') as deleted_at
    from statuses
    group by ticket_id
),

ticket_solutions as (
    select
        ticket_id,
        count(reopened_at) as reopen_count,
        max(reply_count) as reply_count,
        min(solved_at) as first_solved_at,
        max(solved_at) filter (where reopened_at is null) as solved_at,
        min(reopened_at) as first_reopened_at
    from solutions
    group by ticket_id
),

ticket_priorities as (
    select
        ticket_id,
        max(priority) filter (where valid_to is null) as priority,
        max(priority) filter (where period_number = 1) as opening_priority,
        min(valid_from) filter (where is_raised) as escalated_at
    from priorities
    group by ticket_id
)

select
    ticket_statuses.ticket_id,
    ticket_statuses.status,
    ticket_priorities.priority,
    ticket_priorities.opening_priority,
    coalesce(ticket_solutions.reopen_count, 0) as reopen_count,
    ticket_solutions.reply_count as solving_reply_count,
    ticket_statuses.has_history,
    ticket_solutions.first_solved_at,
    ticket_solutions.first_reopened_at,
    ticket_solutions.solved_at,
    ticket_priorities.escalated_at,
    ticket_statuses.deleted_at
from ticket_statuses
inner join ticket_priorities using (ticket_id)
left join ticket_solutions using (ticket_id)
