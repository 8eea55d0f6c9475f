with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

histories as (select * from {{ ref('int_ticket_histories_summed') }}),

replies as (select * from {{ ref('int_ticket_replies_timed') }}),

targets as (select * from {{ ref('int_ticket_reply_targets_judged') }})

select
    tickets.ticket_id,
    tickets.account_id,
    tickets.requester_user_id,
    {{ local_day('tickets.created_at') }} as created_date,
    {{ local_day('replies.first_reply_at') }} as first_reply_date,
    {{ local_day('targets.judged_at') }} as reply_judged_date,
    {{ local_day('histories.first_solved_at') }} as first_solved_date,
    {{ local_day('histories.first_reopened_at') }} as first_reopened_date,
    {{ local_day('histories.solved_at') }} as solved_date,
    {{ local_day('histories.escalated_at') }} as escalated_date,
    {{ local_day('histories.deleted_at') }} as deleted_date,
    case
        when tickets.satisfaction in ('good', 'bad')
            then coalesce({{ local_day('tickets.satisfaction_at') }}, {{ local_day('histories.first_solved_at') }})
    end as rated_date,
    histories.status,
    histories.priority,
    histories.opening_priority,
    tickets.ticket_type,
    tickets.topic,
    tickets.channel,
    tickets.product_area,
    tickets.satisfaction,
    replies.first_reply_seconds,
    replies.first_reply_business_seconds,
    {{ elapsed_seconds('tickets.created_at', 'histories.first_solved_at') }} as first_resolution_seconds,
    {{ elapsed_seconds('tickets.created_at', 'histories.solved_at') }} as resolution_seconds,
    case
        when histories.has_history then greatest(histories.reopen_count, cast(tickets.reopen_count as bigint))
        else cast(tickets.reopen_count as bigint)
    end as reopen_count,
    coalesce(histories.priority = 'urgent', false) as is_urgent,
    histories.status not in ('solved', 'closed', 'deleted') as is_open,
    targets.is_in_time as is_reply_in_time,
    histories.has_history,
    tickets.created_at,
    replies.first_reply_at,
    targets.due_at as reply_due_at,
    histories.first_solved_at,
    histories.solved_at
from tickets
inner join histories using (ticket_id)
inner join replies using (ticket_id)
left join targets using (ticket_id)
