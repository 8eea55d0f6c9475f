{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

-- An error names a person: what a device met on which nobody had signed in, nobody knows.
sessions as (
    select * from {{ ref('fct_sessions') }}
    where user_id is not null and {{ in_rebuild_window('session_date') }}
),

errors as (
    select * from {{ ref('fct_errors_in_sessions') }}
    where {{ in_rebuild_window('activity_date', look_back=7) }}
),

-- A session counts as one with an error on the day of its first: after midnight that is the day after it began.
firsts as (
    select
        account_id,
        session_id,
        platform,
        min(activity_date) filter (where is_user_visible) as first_visible_date,
        min(activity_date) filter (where error_type = 'crash') as first_crash_date
    from errors
    group by account_id, session_id, platform
),

counts as (
    select
        account_id,
        platform,
        session_date as activity_date,
        count(*) as session_count,
        0 as error_session_count,
        0 as crashed_session_count,
        0 as visible_error_count,
        sum(cast(engaged_seconds as decimal(18, 6))) as engaged_seconds
    from sessions
    group by account_id, platform, session_date
    union all
    select
        account_id,
        platform,
        first_visible_date,
        0,
        count(*),
        0,
        0,
        0
    from firsts
    where first_visible_date is not null
    group by account_id, platform, first_visible_date
    union all
    select
        account_id,
        platform,
        first_crash_date,
        0,
        0,
        count(*),
        0,
        0
    from firsts
    where first_crash_date is not null
    group by account_id, platform, first_crash_date
    union all
    select
        account_id,
        platform,
        activity_date,
        0,
        0,
        0,
        count(*),
        0
    from errors
    where is_user_visible
    group by account_id, platform, activity_date
)

select
    account_id,
    platform,
    activity_date,
    cast(sum(session_count) as bigint) as session_count,
    cast(sum(error_session_count) as bigint) as error_session_count,
    cast(sum(crashed_session_count) as bigint) as crashed_session_count,
    cast(sum(visible_error_count) as bigint) as visible_error_count,
    cast(sum(engaged_seconds) as double) as engaged_seconds
from counts
where {{ in_rebuild_window('activity_date') }}
group by account_id, platform, activity_date
