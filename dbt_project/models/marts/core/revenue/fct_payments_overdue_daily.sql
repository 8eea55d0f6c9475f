with

payments as (select * from {{ ref('int_payments_deduplicated') }}),

dates as (select * from {{ ref('dim_dates') }}),

invoices as (
    select
        account_id,
        coalesce(invoice_id, payment_id) as invoice_id,
        min({{ local_day('coalesce(due_at, attempted_at)') }}) as due_date,
        min(case when status = 'paid' then {{ local_day('attempted_at') }} end) as paid_date
    from payments
    group by account_id, coalesce(invoice_id, payment_id)
)

-- One row only where something is past due: the oldest unpaid invoice sets the days.
select
    invoices.account_id,
    dates.date_day as activity_date,
    count(*) as overdue_invoice_count,
    cast(max({{ days_between('invoices.due_date', 'dates.date_day') }}) as bigint) as overdue_days
from invoices
inner join dates
    on
        invoices.due_date < dates.date_day
        and (invoices.paid_date is null or invoices.paid_date > dates.date_day)
group by invoices.account_id, dates.date_day
