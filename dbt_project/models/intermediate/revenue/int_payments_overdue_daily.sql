{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

invoices as (select * from {{ ref('fct_invoices') }}),

dates as (select * from {{ ref('int_days_spined') }})

-- One row only where something is past due: the oldest unpaid invoice sets the days. Neither an attempt
-- nor a payment of a later day changes it.
select
    invoices.account_id,
    dates.date_day as activity_date,
    count(*) as overdue_invoice_count,
    cast(max({{ days_between('invoices.due_date', 'dates.date_day') }}) as bigint) as overdue_days
from invoices
inner join dates
    on
        invoices.overdue_from_date <= dates.date_day
        and (invoices.settled_date is null or invoices.settled_date > dates.date_day)
        and (invoices.undecided_date is null or invoices.undecided_date > dates.date_day)
where {{ in_rebuild_window('dates.date_day') }}
group by invoices.account_id, dates.date_day
