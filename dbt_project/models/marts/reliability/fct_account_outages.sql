{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

outages as (
    select * from {{ ref('int_account_outages_split_to_days') }}
    where {{ in_rebuild_window('activity_date') }}
),

sessions as (
    select * from {{ ref('fct_sessions') }}
    where {{ in_rebuild_window('session_date', look_back=1) }}
),

-- A session of the day before may go on over midnight, or lie in the hour before it.
session_days as (
    select
        account_id,
        session_date as activity_date,
        started_at as active_from,
        ended_at as active_to
    from sessions
    union all
    select
        account_id,
        session_date + 1 as activity_date,
        started_at as active_from,
        ended_at as active_to
    from sessions
),

-- Whoever worked in the hour before feels it at once; whoever comes while it lasts, from then on.
-- The night between two days of the same outage is felt again only by those who work again.
active as (
    select
        outages.account_id,
        outages.activity_date,
        outages.component_id,
        outages.started_at,
        min(greatest(session_days.active_from, outages.started_at)) as felt_from
    from outages
    inner join session_days using (account_id, activity_date)
    where
        session_days.active_from < outages.ended_at
        and session_days.active_to
        >= greatest(outages.outage_started_at, {{ day_starts_at('outages.activity_date') }}) - interval 1 hour
    group by
        outages.account_id,
        outages.activity_date,
        outages.component_id,
        outages.started_at
)

select
    outages.account_id,
    outages.activity_date,
    outages.component_id,
    outages.is_mapped,
    outages.downtime_weight,
    outages.started_at,
    outages.ended_at,
    active.felt_from
from outages
left join active using (account_id, activity_date, component_id, started_at)
