{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

user_days as (select * from {{ ref('fct_active_user_days') }} where {{ is_rebuilt('activity_date', look_back=27) }}),

dates as (select * from {{ ref('dim_dates') }} where {{ is_rebuilt('date_day', look_back=27) }}),

-- An active day enters the window on its day and leaves it 28 days later.
changes as (
    select
        dimension,
        segment,
        user_id,
        activity_date as change_date,
        1 as day_change
    from user_days
    where dimension != 'account'
    union all
    select
        dimension,
        segment,
        user_id,
        activity_date + 28,
        -1
    from user_days
    where dimension != 'account'
),

steps as (
    select
        dimension,
        segment,
        user_id,
        change_date,
        sum(sum(day_change)) over (
            partition by dimension, segment, user_id
            order by change_date
        ) as active_days
    from changes
    group by dimension, segment, user_id, change_date
),

-- Between two changes a user stays in one class: it enters with the first and leaves with the second.
moves as (
    select
        dimension,
        segment,
        change_date,
        active_days,
        1 as user_change
    from steps
    where active_days > 0
    union all
    select
        dimension,
        segment,
        lead(change_date) over (partition by dimension, segment, user_id order by change_date) as change_date,
        active_days,
        -1 as user_change
    from steps
    qualify active_days > 0
),

summed as (
    select
        dimension,
        segment,
        change_date,
        active_days,
        sum(user_change) as user_change
    from moves
    group by dimension, segment, change_date, active_days
),

classes as (
    select distinct
        dimension,
        segment,
        active_days
    from summed
),

daily as (
    select
        classes.dimension,
        classes.segment,
        classes.active_days,
        dates.date_day as activity_date,
        sum(coalesce(summed.user_change, 0)) over (
            partition by classes.dimension, classes.segment, classes.active_days
            order by dates.date_day
        ) as user_count
    from classes
    cross join dates
    left join summed
        on
            classes.dimension = summed.dimension
            and classes.segment = summed.segment
            and classes.active_days = summed.active_days
            and dates.date_day = summed.change_date
)

select
    dimension,
    segment,
    activity_date,
    cast(active_days as integer) as active_days,
    cast(user_count as bigint) as user_count
from daily
where user_count > 0 and {{ is_rebuilt('activity_date') }}
