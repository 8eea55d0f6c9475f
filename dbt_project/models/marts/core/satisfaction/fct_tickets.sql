with

tickets as (select * from {{ ref('int_tickets_deduplicated') }})

select
    ticket_id,
    account_id,
    requester_user_id,
    {{ local_day('created_at') }} as created_date,
    {{ local_day('solved_at') }} as solved_date,
    status,
    priority,
    ticket_type,
    topic,
    channel,
    product_area,
    satisfaction,
    cast({{ seconds_between('created_at', 'solved_at') }} as double) as resolution_seconds,
    cast({{ seconds_between('created_at', 'first_reply_at') }} as double) as first_reply_seconds,
    reopen_count,
    coalesce(priority in ('urgent', 'high'), false) as is_urgent,
    solved_at is null and status != 'deleted' as is_open,
    created_at,
    first_reply_at,
    solved_at
from tickets
