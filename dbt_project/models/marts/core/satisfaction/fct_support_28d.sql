with

account_days as (select * from {{ ref('int_account_days_spined') }}),

tickets as (select * from {{ ref('fct_tickets') }}),

created as (
    select
        account_id,
        created_date as activity_date,
        count(*) as ticket_count
    from tickets
    where status != 'deleted'
    group by account_id, created_date
),

-- Age at the end of the day of the oldest urgent ticket that was still open then.
urgent as (
    select
        account_days.account_id,
        account_days.activity_date,
        max({{ seconds_between('tickets.created_at', 'cast(account_days.activity_date + 1 as timestamp)') }}) / 3600.0
            as urgent_open_hours
    from account_days
    inner join tickets
        on
            account_days.account_id = tickets.account_id
            and account_days.activity_date >= tickets.created_date
            and (tickets.solved_at is null or tickets.solved_at >= cast(account_days.activity_date + 1 as timestamp))
    where tickets.priority = 'urgent' and tickets.status != 'deleted'
    group by account_days.account_id, account_days.activity_date
)

select
    account_days.account_id,
    account_days.activity_date,
    cast(sum(coalesce(created.ticket_count, 0)) over last_28_days as bigint) as ticket_count,
    cast(coalesce(urgent.urgent_open_hours, 0) as double) as urgent_open_hours
from account_days
left join created using (account_id, activity_date)
left join urgent using (account_id, activity_date)
window last_28_days as (
    partition by account_days.account_id
    order by account_days.activity_date
    rows between 27 preceding and current row
)
