{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='week_end') }}

with

activity as (
    select
        *,
        cast(date_trunc('week', activity_date) as date) as week_start
    from {{ ref('fct_account_activity_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=6) }}
),

usage as (
    select
        *,
        cast(date_trunc('week', activity_date) as date) as week_start
    from {{ ref('int_user_usage_summed_to_days') }}
    where not is_internal and {{ in_rebuild_window('activity_date', look_back=6) }}
),

sessions as (
    select
        *,
        cast(date_trunc('week', session_date) as date) as week_start
    from {{ ref('fct_sessions') }}
    where {{ in_rebuild_window('session_date', look_back=6) }}
),

parameters as (select * from {{ ref('stg_run__parameters') }}),

told as (
    select
        min(first_date) filter (where source = 'product_features') as features_from,
        min(first_date) filter (where source = 'product_times') as times_from
    from {{ ref('dim_source_coverage') }}
),

weeks as (
    select
        account_id,
        week_start,
        week_start + 6 as week_end,
        count(*) as day_count,
        count(*) filter (where is_active) as active_day_count,
        cast(sum(event_count) as bigint) as event_count,
        cast(sum(core_event_count) as bigint) as core_event_count,
        cast(sum(login_count) as bigint) as login_count
    from activity
    group by account_id, week_start
),

distinct_use as (
    select
        account_id,
        week_start,
        count(distinct user_id) as active_user_count,
        count(distinct feature_id) as feature_count
    from usage
    group by account_id, week_start
),

summed_sessions as (
    select
        account_id,
        week_start,
        count(*) as session_count,
        cast(sum(cast(engaged_seconds as decimal(18, 6))) as double) / 60.0 as engaged_minutes
    from sessions
    group by account_id, week_start
)

-- A week that is still running has no row yet. Days of an account begin with the first event of all, so a quiet one was
-- watched; features, and sessions, are told from the first event on that has one.
select
    weeks.account_id,
    weeks.week_start,
    weeks.week_end,
    weeks.day_count,
    weeks.active_day_count,
    coalesce(distinct_use.active_user_count, 0) as active_user_count,
    weeks.event_count,
    weeks.core_event_count,
    weeks.login_count,
    case when told.features_from <= weeks.week_end then coalesce(distinct_use.feature_count, 0) end as feature_count,
    case when told.times_from <= weeks.week_end then coalesce(summed_sessions.session_count, 0) end as session_count,
    case when told.times_from <= weeks.week_end then coalesce(summed_sessions.engaged_minutes, 0.0) end
        as engaged_minutes
from weeks
cross join parameters
cross join told
left join distinct_use using (account_id, week_start)
left join summed_sessions using (account_id, week_start)
where weeks.week_end <= parameters.as_of_date and {{ in_rebuild_window('weeks.week_end') }}
