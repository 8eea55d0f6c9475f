{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='end_date') }}

with

-- A span lasts 28 days at most, as every active day is forgotten after 28; and who stands at its beginning was seen in
-- the 28 days before.
recurrences as (
    select * from {{ ref('int_habit_recurrences') }}
    where {{ in_rebuild_window('activity_date', look_back=56) }}
),

neighbours as (
    select
        *,
        {{ days_between('lag(activity_date) over recurrence_history', 'activity_date') }} as days_since_previous,
        {{ days_between('activity_date', 'lead(activity_date) over recurrence_history') }} as days_until_next
    from recurrences
    window recurrence_history as (
        partition by entity, account_id, entity_id, kind, recurring
        order by activity_date
    )
),

changes as (
    select
        entity,
        account_id,
        entity_id,
        kind,
        activity_date as change_date,
        1 as entity_change
    from neighbours
    where coalesce(days_since_previous, 28) >= 28
    union all
    select
        entity,
        account_id,
        entity_id,
        kind,
        activity_date + 28,
        -1
    from neighbours
    where coalesce(days_until_next, 28) >= 28
),

counted as (
    select
        entity,
        account_id,
        entity_id,
        change_date,
        sum(sum(case when kind = 'feature' then entity_change else 0 end)) over entity_history
        >= {{ var('habit_core_features') }}
        and sum(sum(case when kind = 'day' then entity_change else 0 end)) over entity_history
        >= {{ var('habit_active_days') }} as has_habit
    from changes
    group by entity, account_id, entity_id, change_date
    window entity_history as (
        partition by entity, account_id, entity_id
        order by change_date
        rows between unbounded preceding and current row
    )
),

spanned as (
    select
        *,
        lead(change_date) over (partition by entity, account_id, entity_id order by change_date) as next_date
    from counted
)

-- Steps of one habit that follow each other are as good as one span: nobody leaves in between.
select
    entity,
    account_id,
    entity_id,
    change_date as first_date,
    next_date as end_date
from spanned
where has_habit and {{ in_rebuild_window('next_date') }}
