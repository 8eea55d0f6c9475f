{{ config(materialized='ephemeral') }}

with

events as (select * from {{ ref('int_events_identified') }}),

event_kinds as (select * from {{ ref('int_event_kinds_catalogued') }} where is_export or is_cancel_help),

accounts as (select * from {{ ref('dim_accounts') }}),

coverage as (select * from {{ ref('dim_source_coverage') }} where source = 'product_events'),

parameters as (select * from {{ ref('stg_run__parameters') }}),

told as (
    select
        events.account_id,
        events.activity_date,
        event_kinds.is_export,
        event_kinds.is_cancel_help,
        parameters.as_of_date,
        events.activity_date > parameters.as_of_date - {{ var('exit_signal_days') }} as is_new
    from events
    inner join event_kinds using (event_name)
    inner join parameters
        on
            events.activity_date <= parameters.as_of_date
            and events.activity_date > parameters.as_of_date - 7 * {{ var('exit_signal_days') }}
    where not events.is_bot and not events.is_internal
),

-- Usual is the mean of the six spans of as many days before; a younger account has no usual yet.
exports as (
    select
        told.account_id,
        min(told.activity_date) filter (where told.is_new) as since,
        count(*) filter (where told.is_new) as event_count,
        count(*) filter (where not told.is_new) / 6.0 as usual_count
    from told
    inner join accounts using (account_id)
    cross join coverage
    where
        told.is_export
        and accounts.first_date <= told.as_of_date - 7 * {{ var('exit_signal_days') }}
        and coverage.first_date <= told.as_of_date - 7 * {{ var('exit_signal_days') }}
    group by told.account_id
)

select
    account_id,
    'exports' as signal,
    'exports' as subject_id,
    'many more exports than usual' as what,
    since,
    cast(event_count as double) as amount,
    'exports' as unit
from exports
where event_count >= {{ var('export_burst_minimum') }} and event_count >= {{ var('export_burst_times') }} * usual_count

union all

select
    account_id,
    'cancel help' as signal,
    'cancel help' as subject_id,
    'looked up how to leave' as what,
    min(activity_date) as since,
    cast(count(*) as double) as amount,
    'times' as unit
from told
where is_cancel_help and is_new
group by account_id
