{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{#- A session that has gone on for longer takes no more errors, so that a daily build need not reach back further. -#}
{% set longest_session_days = 7 %}

with

sessions as (
    select * from {{ ref('fct_sessions') }}
    where {{ in_rebuild_window('session_date', look_back=longest_session_days) }}
),

errors as (
    select * from {{ ref('int_errors_deduplicated') }}
    where {{ in_rebuild_window('activity_date') }}
),

-- Platforms on which those who met an error worked: on each of them one session at most is open at a time.
platforms as (
    select distinct
        sessions.account_id,
        sessions.user_id,
        sessions.platform
    from sessions
    inner join errors using (account_id, user_id)
),

moments as (
    select
        sessions.account_id,
        sessions.user_id,
        sessions.platform,
        cast(null as string) as error_id,
        sessions.started_at as happened_at,
        sessions.started_at as session_started_at
    from sessions
    inner join platforms using (account_id, user_id, platform)
    union all
    select
        errors.account_id,
        errors.user_id,
        platforms.platform,
        errors.error_id,
        errors.occurred_at,
        cast(null as timestamp)
    from errors
    inner join platforms using (account_id, user_id)
),

-- The session that began last before each error, found in one pass in the order of time.
candidates as (
    select
        *,
        max(session_started_at) over (
            partition by account_id, user_id, platform
            order by happened_at
        ) as started_at
    from moments
)

-- An error belongs to the session that was open, or had been within the time-out, when it happened.
select
    errors.error_id,
    sessions.session_id,
    errors.account_id,
    errors.user_id,
    sessions.platform,
    errors.error_type,
    errors.is_user_visible,
    errors.activity_date,
    errors.occurred_at
from candidates
inner join errors using (error_id)
inner join sessions
    on
        candidates.account_id = sessions.account_id
        and candidates.user_id = sessions.user_id
        and candidates.platform = sessions.platform
        and candidates.started_at = sessions.started_at
where
    {{ seconds_between('sessions.ended_at', 'errors.occurred_at') }} <= {{ session_timeout('sessions.platform') }}
    and {{ days_between('sessions.session_date', 'errors.activity_date') }} <= {{ longest_session_days }}
qualify row_number() over (partition by errors.error_id order by sessions.started_at desc, sessions.session_id asc) = 1
