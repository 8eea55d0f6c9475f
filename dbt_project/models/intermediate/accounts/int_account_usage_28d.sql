{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

activity as (select * from {{ ref('fct_account_activity_daily') }}),

deciles as (
    select * from {{ ref('int_cut_points_dated') }}
    where measure = 'core_events_28d'
),

summed as (
    select
        account_id,
        activity_date,
        sum(core_event_count) over last_28_days as core_events_28d,
        count(*) over last_28_days as day_count
    from activity
    where {{ in_rebuild_window('activity_date', look_back=27) }}
    window last_28_days as (
        partition by account_id
        order by activity_date
        rows between 27 preceding and current row
    )
)

-- The cut points are frozen: an account does not change its decile because another one left. Days begin with the
-- first event and with the first service, so fewer than 28 of them are an unfinished window.
select
    summed.account_id,
    summed.activity_date,
    case
        when summed.day_count < 28 then 'unknown'
        else coalesce(lpad(cast(deciles.part_number as varchar), 2, '0'), 'unknown')
    end as usage_decile,
    cast(summed.core_events_28d as bigint) as core_events_28d
from summed
left join deciles
    on
        summed.core_events_28d >= deciles.lower_bound
        and summed.core_events_28d < deciles.upper_bound
        and summed.activity_date >= deciles.valid_from
        and summed.activity_date < deciles.valid_to
where {{ in_rebuild_window('summed.activity_date') }}
