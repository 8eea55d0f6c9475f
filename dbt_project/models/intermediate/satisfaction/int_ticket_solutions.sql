with

solutions as (select * from {{ ref('int_ticket_solutions_dated') }}),

tickets as (select * from {{ ref('fct_tickets') }})

select
    solutions.ticket_id,
    solutions.solution_number,
    tickets.account_id,
    tickets.created_date,
    {{ local_day('solutions.solved_at') }} as solved_date,
    {{ local_day('solutions.reopened_at') }} as reopened_date,
    {{ elapsed_seconds('tickets.created_at', 'solutions.solved_at') }} as resolution_seconds,
    solutions.requester_wait_seconds,
    solutions.agent_wait_seconds,
    solutions.reply_count,
    solutions.has_history,
    solutions.solved_at,
    solutions.reopened_at
from solutions
inner join tickets using (ticket_id)
