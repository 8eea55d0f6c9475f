with

sessions as (select * from {{ ref('fct_sessions') }}),

errors as (select * from {{ ref('int_errors_deduplicated') }}),

-- An error belongs to the session that was open, or had been within the time-out, when it happened.
sessions_with_errors as (
    select distinct sessions.session_id
    from sessions
    inner join errors
        on
            sessions.account_id = errors.account_id
            and sessions.user_id = errors.user_id
            and sessions.started_at <= errors.occurred_at
            and {{ seconds_between('sessions.ended_at', 'errors.occurred_at') }} <= {{ var('session_timeout_seconds') }}
    where errors.is_user_visible
)

select
    sessions.account_id,
    sessions.session_date as activity_date,
    count(*) as session_count,
    count(sessions_with_errors.session_id) as error_session_count
from sessions
left join sessions_with_errors using (session_id)
group by sessions.account_id, sessions.session_date
