with

statuses as (select * from {{ ref('int_ticket_statuses_dated') }}),

events as (select * from {{ ref('int_ticket_events_deduplicated') }}),

openings as (select * from {{ ref('int_ticket_replies_told') }}),

-- The requester waits in new, open and hold, the agent in pending.
timed as (
    select
        ticket_id,
        period_number,
        has_history,
        is_time_told,
        valid_from,
        status in ('solved', 'closed') as is_solved,
        lag(status) over ticket_history in ('solved', 'closed') as was_solved,
        case
            when status in ('new', 'open', 'hold')
                then {{ epoch_microseconds('valid_to') }} - {{ epoch_microseconds('valid_from') }}
            else 0
        end as requester_wait,
        case
            when status = 'pending' then {{ epoch_microseconds('valid_to') }} - {{ epoch_microseconds('valid_from') }}
            else 0
        end as agent_wait,
        case when status in ('new', 'open', 'pending', 'hold') then valid_from end as unsolved_from
    from statuses
    window ticket_history as (partition by ticket_id order by period_number)
),

summed as (
    select
        *,
        min(unsolved_from) over (
            partition by ticket_id
            order by period_number
            rows between 1 following and unbounded following
        ) as reopened_at,
        sum(requester_wait) over earlier_periods as requester_wait_before,
        sum(agent_wait) over earlier_periods as agent_wait_before
    from timed
    window earlier_periods as (
        partition by ticket_id
        order by period_number
        rows between unbounded preceding and 1 preceding
    )
),

solutions as (
    select * from summed
    where is_solved and is_time_told and not coalesce(was_solved, false)
),

-- Replies are counted where the history tells whose comments the customer could read.
commented as (
    select distinct ticket_id from events
    where field = 'comment' and is_told
),

replies as (
    select
        solutions.ticket_id,
        solutions.period_number,
        count(*) as reply_count
    from solutions
    inner join events on solutions.ticket_id = events.ticket_id and solutions.valid_from >= events.changed_at
    inner join openings on solutions.ticket_id = openings.ticket_id
    where
        events.field = 'comment' and events.actor_type = 'agent' and events.is_public
        -- With the first comment an agent opened the ticket.
        and not (openings.is_opened_by_agent and events.changed_at <= openings.created_at + interval '2 seconds')
    group by solutions.ticket_id, solutions.period_number
)

select
    solutions.ticket_id,
    cast(
        row_number() over (partition by solutions.ticket_id order by solutions.period_number) as bigint
    ) as solution_number,
    case when commented.ticket_id is not null then coalesce(replies.reply_count, 0) end as reply_count,
    case when solutions.has_history then cast(coalesce(solutions.requester_wait_before, 0) / 1000000.0 as double) end
        as requester_wait_seconds,
    case when solutions.has_history then cast(coalesce(solutions.agent_wait_before, 0) / 1000000.0 as double) end
        as agent_wait_seconds,
    solutions.has_history,
    solutions.valid_from as solved_at,
    solutions.reopened_at
from solutions
left join replies using (ticket_id, period_number)
left join commented using (ticket_id)
