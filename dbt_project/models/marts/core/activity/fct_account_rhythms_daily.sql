{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

activity as (
    select * from {{ ref('fct_account_activity_daily') }}
    where {{ is_rebuilt('activity_date', look_back=179) }}
),

active_before as (
    select
        account_id,
        max(activity_date) as last_active_date
    from {{ ref('fct_account_activity_daily') }}
    where is_active and not ({{ is_rebuilt('activity_date', look_back=179) }})
    group by account_id
),

previous as (
    select
        activity.account_id,
        activity.activity_date,
        activity.is_active,
        coalesce(
            max(case when activity.is_active then activity.activity_date end) over account_past,
            active_before.last_active_date
        ) as previous_active_date
    from activity
    left join active_before using (account_id)
    window account_past as (
        partition by activity.account_id
        order by activity.activity_date
        rows between unbounded preceding and 1 preceding
    )
),

-- A gap ends with the active day after it; its usual size is the account's own.
gaps as (
    select
        account_id,
        activity_date,
        is_active,
        case when is_active then activity_date else previous_active_date end as last_active_date,
        case when is_active then {{ days_between('previous_active_date', 'activity_date') }} end as gap_days
    from previous
)

select
    account_id,
    activity_date,
    last_active_date,
    cast(count(case when is_active then 1 end) over last_28_days as bigint) as active_days_28d,
    cast(count(case when is_active then 1 end) over last_90_days as bigint) as active_days_90d,
    cast(count(gap_days) over last_180_days as bigint) as gap_count,
    cast({{ percentile('gap_days', 0.9) }} over last_180_days as double) as usual_gap_days
from gaps
window
    last_28_days as (
        partition by account_id
        order by activity_date
        range between interval 27 days preceding and current row
    ),
    last_90_days as (
        partition by account_id
        order by activity_date
        range between interval 89 days preceding and current row
    ),
    last_180_days as (
        partition by account_id
        order by activity_date
        range between interval 179 days preceding and current row
    )
qualify {{ is_rebuilt('activity_date') }}
