{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

-- The gaps that a day looks back on end with its last active days, however long ago these are.
active_days as (
    select
        account_id,
        activity_date
    from {{ ref('fct_account_activity_daily') }}
    where is_active
    {%- if is_incremental() %}
        qualify
            {{ in_rebuild_window('activity_date') }}
            or row_number() over (
                partition by account_id, {{ in_rebuild_window('activity_date') }}
                order by activity_date desc
            ) <= {{ var('rhythm_gaps') }}
    {%- endif %}
),

gaps as (
    select
        account_id,
        activity_date,
        {{ days_between('lag(activity_date) over (partition by account_id order by activity_date)', 'activity_date') }}
            as gap_days
    from active_days
),

remembered as (
    select
        account_id,
        activity_date,
        count(gap_days) over last_gaps as gap_count,
        {{ percentile('gap_days', 0.9) }} over last_gaps as usual_gap_days
    from gaps
    window last_gaps as (
        partition by account_id
        order by activity_date
        rows between {{ [var('rhythm_gaps') | int - 1, 0] | max }} preceding and current row
    )
)

select
    account_id,
    activity_date,
    cast(gap_count as bigint) as gap_count,
    -- Nine tenths of the way among whole days lie on a tenth of a day. Engines differ in its last digit, and who has
    -- been away as long for their rhythm is to be level.
    round(cast(usual_gap_days as double), 6) as usual_gap_days
from remembered
where {{ in_rebuild_window('activity_date') }}
