with

accounts as (select * from {{ ref('rpt_accounts') }}),

open_tickets as (select * from {{ ref('fct_open_tickets_daily') }}),

tickets as (select * from {{ ref('fct_tickets') }})

select
    open_tickets.ticket_id,
    open_tickets.account_id,
    accounts.account_name,
    accounts.csm_id,
    open_tickets.status,
    open_tickets.priority,
    tickets.ticket_type,
    tickets.topic,
    open_tickets.age_seconds / 86400.0 as age_days,
    accounts.mrr,
    row_number() over (
        order by
            case open_tickets.priority when 'urgent' then 1 when 'high' then 2 else 3 end,
            open_tickets.age_seconds desc,
            open_tickets.ticket_id asc
    ) as ticket_rank,
    open_tickets.is_unreplied,
    open_tickets.is_unreplied and not tickets.is_reply_in_time as is_overdue,
    open_tickets.created_date,
    accounts.as_of_date
from open_tickets
inner join accounts
    on
        open_tickets.account_id = accounts.account_id
        and open_tickets.activity_date = accounts.as_of_date
inner join tickets on open_tickets.ticket_id = tickets.ticket_id
