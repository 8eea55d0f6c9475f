{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

user_days as (
    select * from {{ ref('int_active_user_days') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

dates as (select * from {{ ref('dim_dates') }} where {{ in_rebuild_window('date_day') }}),

-- How many active days are in the window when a day enters it, and how many when it is about to leave, 28 days later.
counted as (
    select
        dimension,
        segment,
        activity_date,
        count(*) over (
            partition by dimension, segment, user_id
            order by activity_date
            range between interval 27 days preceding and current row
        ) as days_on_entry,
        count(*) over (
            partition by dimension, segment, user_id
            order by activity_date
            range between current row and interval 27 days following
        ) as days_on_exit
    from user_days
    where dimension != 'account'
),

moves as (
    select
        dimension,
        segment,
        activity_date as change_date,
        days_on_entry as active_days,
        count(*) as user_change
    from counted
    group by dimension, segment, activity_date, days_on_entry
    union all
    select
        dimension,
        segment,
        activity_date + 28 as change_date,
        days_on_exit as active_days,
        -count(*) as user_change
    from counted
    group by dimension, segment, activity_date, days_on_exit
),

-- Whoever enters a class comes from the one below it, and whoever leaves it falls back to that one.
changes as (
    select * from moves
    union all
    select
        dimension,
        segment,
        change_date,
        active_days - 1,
        -user_change
    from moves
    where active_days > 1
),

-- Between two changes a class stands still.
standing as (
    select
        dimension,
        segment,
        active_days,
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over class_history as end_date,
        sum(sum(user_change)) over class_history as user_count
    from changes
    group by dimension, segment, active_days, change_date
    window class_history as (
        partition by dimension, segment, active_days
        order by change_date
    )
)

select
    standing.dimension,
    standing.segment,
    dates.date_day as activity_date,
    cast(standing.active_days as integer) as active_days,
    cast(standing.user_count as bigint) as user_count
from standing
inner join dates on standing.first_date <= dates.date_day and standing.end_date > dates.date_day
where standing.user_count > 0
