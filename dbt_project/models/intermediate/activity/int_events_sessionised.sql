with

events as (select * from {{ ref('int_events_identified') }}),

timed as (
    select
        event_key,
        account_id,
        person_id,
        user_id,
        platform,
        is_core,
        event_name,
        occurred_at,
        {{ epoch_microseconds('occurred_at') }} as occurred_microseconds,
        lag({{ epoch_microseconds('occurred_at') }}) over person_events as previous_microseconds
    from events
    where
        is_activity
        and not is_bot
        and not is_internal
        and account_id is not null
    window person_events as (
        partition by account_id, person_id, platform
        order by occurred_at, event_key
    )
)

-- A gap of exactly the time-out keeps the session open, and midnight does not end it.
select
    *,
    (occurred_microseconds - previous_microseconds) / 1000000.0 as gap_seconds,
    sum(
        case
            when previous_microseconds is null then 1
            when occurred_microseconds - previous_microseconds > {{ var('session_timeout_seconds') }} * 1000000 then 1
            else 0
        end
    ) over (
        partition by account_id, person_id, platform
        order by occurred_at, event_key
        rows between unbounded preceding and current row
    ) as session_number
from timed
