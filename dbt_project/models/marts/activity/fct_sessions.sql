{{ config(materialized='incremental', incremental_strategy='replace_sessions', unique_key='session_id') }}

with

events as (
    select
        account_id,
        person_id,
        platform,
        user_id,
        is_core,
        activity_date,
        occurred_at,
        {{ epoch_microseconds('occurred_at') }} as occurred_microseconds
    from {{ ref('int_events_identified') }}
    where
        is_activity
        and not is_bot
        and not is_internal
        and account_id is not null
        and {{ in_rebuild_window('activity_date', look_back=sessions_look_back()) }}
),

-- Sessions that were open when the rebuilt days begin are made again from their first event.
relevant as (
    select events.*
    from events
    {% if is_incremental() %}
        left join {{ this }} as reopened
            on
                events.account_id = reopened.account_id
                and events.person_id = reopened.person_id
                and events.platform = reopened.platform
                and {{ is_open_session('reopened.ended_at', 'reopened.platform') }}
                and reopened.session_date < {{ rebuild_from() }}
        where {{ in_rebuild_window('events.activity_date') }} or events.occurred_at >= reopened.started_at
    {% endif %}
),

timed as (
    select
        *,
        lag(occurred_microseconds) over (
            partition by account_id, person_id, platform
            order by occurred_microseconds
        ) as previous_microseconds
    from relevant
),

-- A gap of exactly the time-out keeps the session open, and midnight does not end it.
numbered as (
    select
        *,
        (occurred_microseconds - previous_microseconds) / 1000000.0 as gap_seconds,
        sum(
            case
                when previous_microseconds is null then 1
                when occurred_microseconds - previous_microseconds > {{ session_timeout('platform') }} * 1000000
                    then 1
                else 0
            end
        ) over (
            partition by account_id, person_id, platform
            order by occurred_microseconds
            range between unbounded preceding and current row
        ) as session_number
    from timed
)

-- Its first moment identifies a session, as its number would change with what lies before.
select
    account_id || '/' || person_id || '/' || platform || '/' || cast(min(occurred_microseconds) as string)
        as session_id,
    account_id,
    max(user_id) as user_id,
    person_id,
    platform,
    {{ local_day('min(occurred_at)') }} as session_date,
    cast((max(occurred_microseconds) - min(occurred_microseconds)) / 1000000.0 as double) as session_seconds,
    cast(
        coalesce(
            sum(cast(least(gap_seconds, {{ var('engaged_gap_seconds') }}) as decimal(18, 6)))
            filter (where gap_seconds <= {{ session_timeout('platform') }}),
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
from numbered
group by
    account_id,
    person_id,
    platform,
    session_number
