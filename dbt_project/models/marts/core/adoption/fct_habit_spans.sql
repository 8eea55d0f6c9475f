with

usage as (select * from {{ ref('int_user_features_summed_to_days') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

features as (select * from {{ ref('dim_features') }}),

core_use as (
    select
        usage.account_id,
        usage.user_id,
        usage.feature_id,
        usage.activity_date
    from usage
    inner join user_days using (account_id, user_id, activity_date)
    inner join features using (feature_id)
    where user_days.is_in_population and features.is_core and usage.core_event_count > 0
),

-- One row for each thing that must recur: every feature (which stays for 28 days after its last use) and every day.
recurrences as (
    select distinct 'user' as entity, account_id, user_id as entity_id, 'feature' as kind, feature_id, activity_date
    from core_use
    union all
    select distinct 'account', account_id, account_id, 'feature', feature_id, activity_date
    from core_use
    union all
    select distinct 'user', account_id, user_id, 'day', cast(activity_date as varchar), activity_date
    from core_use
    union all
    select distinct 'account', account_id, account_id, 'day', cast(activity_date as varchar), activity_date
    from core_use
),

neighbours as (
    select
        *,
        {{ days_between('lag(activity_date) over recurrence_history', 'activity_date') }} as days_since_previous,
        {{ days_between('activity_date', 'lead(activity_date) over recurrence_history') }} as days_until_next
    from recurrences
    window recurrence_history as (
        partition by entity, account_id, entity_id, kind, feature_id
        order by activity_date
    )
),

changes as (
    select entity, account_id, entity_id, kind, activity_date as change_date, 1 as entity_change
    from neighbours
    where coalesce(days_since_previous, 28) >= 28
    union all
    select entity, account_id, entity_id, kind, activity_date + 28, -1
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
where has_habit
