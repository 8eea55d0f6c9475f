with

events as (select * from {{ ref('int_events_sessionised') }})

select
    account_id || '/' || person_id || '/' || platform || '/' || cast(session_number as varchar) as session_id,
    account_id,
    max(user_id) as user_id,
    person_id,
    platform,
    {{ local_day('min(occurred_at)') }} as session_date,
    cast((max(occurred_microseconds) - min(occurred_microseconds)) / 1000000.0 as double) as session_seconds,
    cast(
        coalesce(
            sum(least(gap_seconds, {{ var('engaged_gap_seconds') }}))
            filter (where gap_seconds <= {{ var('session_timeout_seconds') }}),
            0
        ) as double
    ) as engaged_seconds,
    count(*) as event_count,
    count(*) filter (where is_core) as core_event_count,
    count(*) = 1 as is_single_event,
    count(*) filter (where is_core) > 0
    or count(*) >= 2
    or max(occurred_microseconds) - min(occurred_microseconds) > 10000000 as is_engaged,
    min(occurred_at) as started_at,
    max(occurred_at) as ended_at
from events
group by
    account_id,
    person_id,
    platform,
    session_number
