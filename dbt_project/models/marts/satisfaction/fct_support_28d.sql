{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

account_days as (
    select * from {{ ref('int_account_days_spined') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

tickets as (select * from {{ ref('fct_tickets') }}),

open_tickets as (
    select * from {{ ref('fct_open_tickets_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

-- Before the first ticket nobody knows whether there was none.
coverage as (
    select first_date from {{ ref('dim_source_coverage') }}
    where source = 'support_tickets'
),

created as (
    select
        account_id,
        created_date as activity_date,
        count(*) as ticket_count
    from tickets
    where created_date < coalesce(deleted_date, date '9999-12-31')
    group by account_id, created_date
),

-- A ticket counts until it is deleted; on the days before, nobody knew that it would be.
deleted as (
    select
        account_days.account_id,
        account_days.activity_date,
        count(*) as ticket_count
    from account_days
    inner join tickets
        on
            account_days.account_id = tickets.account_id
            and account_days.activity_date >= tickets.deleted_date
            and account_days.activity_date < tickets.created_date + 28
    where tickets.created_date < tickets.deleted_date
    group by account_days.account_id, account_days.activity_date
),

-- Priority and age are those of the end of the day.
standing as (
    select
        account_id,
        activity_date,
        count(*) as open_ticket_count,
        max(age_seconds) filter (where priority = 'urgent') / 3600.0 as urgent_open_hours
    from open_tickets
    group by account_id, activity_date
),

counted as (
    select
        account_days.account_id,
        account_days.activity_date,
        sum(coalesce(created.ticket_count, 0)) over last_28_days as ticket_count
    from account_days
    left join created using (account_id, activity_date)
    window last_28_days as (
        partition by account_days.account_id
        order by account_days.activity_date
        range between interval 27 days preceding and current row
    )
)

select
    counted.account_id,
    counted.activity_date,
    case
        when coverage.first_date <= counted.activity_date
            then cast(counted.ticket_count - coalesce(deleted.ticket_count, 0) as bigint)
    end as ticket_count,
    case
        when coverage.first_date <= counted.activity_date then coalesce(standing.open_ticket_count, 0)
    end as open_ticket_count,
    case
        when coverage.first_date <= counted.activity_date
            then cast(coalesce(standing.urgent_open_hours, 0) as double)
    end as urgent_open_hours
from counted
cross join coverage
left join deleted using (account_id, activity_date)
left join standing using (account_id, activity_date)
where {{ in_rebuild_window('activity_date') }}
