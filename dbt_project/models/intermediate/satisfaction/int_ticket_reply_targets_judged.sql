with

replies as (select * from {{ ref('int_ticket_replies_timed') }}),

priorities as (select * from {{ ref('int_ticket_priorities_dated') }}),

statuses as (select * from {{ ref('int_ticket_statuses_dated') }}),

targets as (select * from {{ ref('service_targets') }}),

schedules as (select * from {{ ref('int_ticket_schedules_chosen') }}),

openings as (select * from {{ ref('int_business_hours_spined') }}),

-- Each priority brings the target that was promised when the ticket took it; the clock runs from the opening, and not
-- from a date without a time of day.
promised as (
    select
        priorities.ticket_id,
        schedules.schedule_id,
        priorities.valid_from,
        priorities.valid_to,
        targets.clock,
        replies.opened_business_microseconds + targets.first_reply_hours * 3600000000 as due_business_microseconds,
        {{ epoch_microseconds('replies.created_at') }} + targets.first_reply_hours * 3600000000 as due_microseconds
    from priorities
    inner join replies using (ticket_id)
    inner join schedules using (ticket_id)
    inner join targets
        on
            priorities.priority = targets.priority
            and {{ local_day('priorities.valid_from') }} >= targets.valid_from
            and {{ local_day('priorities.valid_from') }} < coalesce(targets.valid_to, date '9999-12-31')
    where not {{ is_bare_date('replies.created_at') }}
),

deadlines as (
    select
        promised.ticket_id,
        promised.valid_to,
        greatest(
            promised.valid_from,
            {{ time_of_microseconds("cast(case when promised.clock = 'calendar' then promised.due_microseconds else "
                ~ epoch_microseconds('openings.opens_at')
                ~ " + promised.due_business_microseconds - openings.open_microseconds_before end as bigint)") }}
        ) as due_at
    from promised
    left join openings
        on
            promised.clock = 'business'
            and promised.schedule_id = openings.schedule_id
            and promised.due_business_microseconds > openings.open_microseconds_before
            and promised.due_business_microseconds <= openings.open_microseconds_before + openings.open_microseconds
    where promised.clock = 'calendar' or openings.opens_at is not null
),

-- A deadline that the next priority took away before it came never fell due.
due as (
    select
        ticket_id,
        min(due_at) filter (where valid_to is null or due_at < valid_to) as due_at
    from deadlines
    group by ticket_id
),

ends as (
    select
        ticket_id,
        min(valid_from) as ended_at
    from statuses
    where status in ('solved', 'closed', 'deleted')
    group by ticket_id
),

-- What was solved or deleted unanswered before its deadline was never due; what is overdue is due, answered or not.
judged as (
    select
        promised_tickets.ticket_id,
        due.due_at,
        case
            when replies.first_reply_at <= coalesce(due.due_at, replies.first_reply_at) then replies.first_reply_at
            when ends.ended_at < due.due_at then null
            when {{ happened_by_as_of('due.due_at') }} then due.due_at
        end as judged_at,
        replies.first_reply_at
    from (select distinct ticket_id from promised) as promised_tickets
    inner join replies using (ticket_id)
    left join due using (ticket_id)
    left join ends using (ticket_id)
)

select
    ticket_id,
    case when judged_at is not null then coalesce(first_reply_at = judged_at, false) end as is_in_time,
    due_at,
    judged_at
from judged
