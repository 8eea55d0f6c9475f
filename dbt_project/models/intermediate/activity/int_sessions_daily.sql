{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

sessions as (select * from {{ ref('fct_sessions') }} where {{ in_rebuild_window('session_date') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }} where {{ in_rebuild_window('activity_date') }})

select
    segments.dimension,
    {{ segment_of_session('sessions.platform') }} as segment,
    sessions.session_date as activity_date,
    count(*) as session_count,
    count(sessions.user_id) as user_session_count,
    count(*) filter (where sessions.is_single_event) as single_event_session_count,
    count(*) filter (where sessions.is_engaged) as engaged_session_count,
    cast(
        coalesce(
            sum(cast(sessions.engaged_seconds as decimal(18, 6))) filter (where sessions.user_id is not null), 0
        ) as double
    ) as user_engaged_seconds
from sessions
inner join segments
    on
        sessions.account_id = segments.account_id
        and sessions.session_date = segments.activity_date
where segments.dimension != 'account'
group by
    segments.dimension,
    {{ segment_of_session('sessions.platform') }},
    sessions.session_date
