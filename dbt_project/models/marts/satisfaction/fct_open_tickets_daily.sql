{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

statuses as (select * from {{ ref('int_ticket_statuses_dated') }}),

priorities as (select * from {{ ref('int_ticket_priorities_dated') }}),

tickets as (select * from {{ ref('fct_tickets') }}),

dates as (select * from {{ ref('int_days_spined') }}),

-- A status that was left on the day did not stand at its end.
unsolved as (
    select
        ticket_id,
        status,
        {{ local_day('valid_from') }} as first_date,
        coalesce({{ local_day('valid_to') }}, date '9999-12-31') as end_date
    from statuses
    where status not in ('solved', 'closed', 'deleted')
),

open_days as (
    select
        unsolved.ticket_id,
        unsolved.status,
        dates.date_day
    from unsolved
    inner join dates
        on
            unsolved.first_date <= dates.date_day
            and unsolved.end_date > dates.date_day
    where {{ in_rebuild_window('dates.date_day') }}
)

select
    open_days.ticket_id,
    open_days.date_day as activity_date,
    tickets.account_id,
    tickets.created_date,
    open_days.status,
    priorities.priority,
    cast({{ seconds_between('tickets.created_at', end_of_day('open_days.date_day')) }} as double) as age_seconds,
    coalesce(tickets.first_reply_date > open_days.date_day, true) as is_unreplied
from open_days
inner join tickets using (ticket_id)
inner join priorities
    on
        open_days.ticket_id = priorities.ticket_id
        and open_days.date_day >= {{ local_day('priorities.valid_from') }}
        and open_days.date_day < coalesce({{ local_day('priorities.valid_to') }}, date '9999-12-31')
