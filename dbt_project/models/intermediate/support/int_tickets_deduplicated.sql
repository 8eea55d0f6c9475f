with

tickets as (select * from {{ with_known_accounts('stg_support__tickets') }})

select
    ticket_id,
    account_id,
    requester_user_id,
    status,
    priority,
    ticket_type,
    topic,
    channel,
    product_area,
    case when {{ happened_by_as_of('satisfaction_at') }} then satisfaction end as satisfaction,
    reopen_count,
    reply_count,
    created_at,
    case when {{ happened_by_as_of('first_reply_at') }} then first_reply_at end as first_reply_at,
    case when {{ happened_by_as_of('solved_at') }} then solved_at end as solved_at,
    case when {{ happened_by_as_of('satisfaction_at') }} then satisfaction_at end as satisfaction_at,
    case when status = 'deleted' and {{ happened_by_as_of('updated_at') }} then coalesce(updated_at, created_at) end
        as deleted_at
from tickets
where
    rejection_reason is null
    and {{ happened_by_as_of('created_at') }}
qualify {{ is_latest(['ticket_id'], ['updated_at']) }}
