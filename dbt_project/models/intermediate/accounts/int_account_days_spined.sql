{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

subscriptions as (select * from {{ ref('int_subscriptions_deduplicated') }}),

accounts as (select * from {{ ref('int_accounts_deduplicated') }}),

days as (select * from {{ ref('int_days_spined') }} where {{ in_rebuild_window('date_day') }}),

-- Days go on for 90 days after a service, so that every window can run out.
services as (
    select
        account_id,
        {{ local_day('started_at') }} as first_date,
        coalesce({{ local_day('ended_at') }} + 90, date '9999-12-31') as last_date
    from subscriptions
),

marked as (
    select
        account_id,
        first_date,
        last_date,
        max(last_date) over (
            partition by account_id
            order by first_date, last_date
            rows between unbounded preceding and 1 preceding
        ) as reached_date
    from services
),

numbered as (
    select
        *,
        sum(case when reached_date is null or first_date > reached_date + 1 then 1 else 0 end) over (
            partition by account_id
            order by first_date, last_date
            rows between unbounded preceding and current row
        ) as period_number
    from marked
),

-- A customer who comes back after a long time has no days in between: on those days nobody knew.
periods as (
    select
        account_id,
        period_number,
        min(first_date) as first_date,
        max(last_date) as last_date,
        min(min(first_date)) over (partition by account_id) as first_service_date
    from numbered
    group by account_id, period_number
)

select
    periods.account_id,
    days.date_day as activity_date,
    periods.first_service_date as first_date,
    {{ days_between('periods.first_service_date', 'days.date_day') }} as tenure_days
from periods
inner join accounts using (account_id)
inner join days
    on
        periods.first_date <= days.date_day
        and periods.last_date >= days.date_day
