{{ config(materialized='ephemeral') }}

with

sessions as (select * from {{ ref('fct_sessions') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }})

-- A bucket is two per cent wide, so a median read from buckets is at most one per cent away.
select
    segments.dimension,
    {{ segment_of_session('sessions.platform') }} as segment,
    sessions.session_date as activity_date,
    {{ logarithmic_bucket('sessions.session_seconds') }} as bucket,
    count(*) as session_count
from sessions
inner join segments
    on
        sessions.account_id = segments.account_id
        and sessions.session_date = segments.activity_date
where
    segments.dimension != 'account'
    and not sessions.is_single_event
    and sessions.session_seconds > 0
group by
    segments.dimension,
    {{ segment_of_session('sessions.platform') }},
    sessions.session_date,
    {{ logarithmic_bucket('sessions.session_seconds') }}
