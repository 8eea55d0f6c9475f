{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

activity as (
    select * from {{ ref('fct_account_activity_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=var('use_windows') | max) }}
),

gaps as (select * from {{ ref('int_account_gaps') }}),

company_rhythms as (
    {{ company_rhythms('gaps') | indent }}
),

known_since as (select min(activity_date) as first_date from {{ ref('fct_account_activity_daily') }}),

active_before as (
    select
        account_id,
        max(activity_date) as last_active_date
    from gaps
    where not ({{ in_rebuild_window('activity_date', look_back=var('use_windows') | max) }})
    group by account_id
),

counted as (
    select
        activity.account_id,
        activity.activity_date,
        {%- for days in var('use_windows') %}
            count(case when activity.is_active then 1 end) over (
                partition by activity.account_id
                order by activity.activity_date
                range between interval {{ days | int - 1 }} days preceding and current row
            ) as active_days_{{ days }}d,
        {%- endfor %}
        coalesce(
            max(case when activity.is_active then activity.activity_date end) over (
                partition by activity.account_id
                order by activity.activity_date
                rows between unbounded preceding and current row
            ),
            active_before.last_active_date
        ) as last_active_date
    from activity
    left join active_before using (account_id)
    qualify {{ in_rebuild_window('activity.activity_date') }}
),

-- As of the last active day: what silence does not tell, it does not change.
expected as (
    select
        counted.*,
        gaps.gap_count,
        case
            when gaps.gap_count >= {{ var('rhythm_minimum_gaps') }} then gaps.usual_gap_days
            else coalesce(company_rhythms.usual_gap_days, {{ var('usual_gap_days') }})
        end as usual_gap_days
    from counted
    left join gaps
        on
            counted.account_id = gaps.account_id
            and counted.last_active_date = gaps.activity_date
    left join company_rhythms
        on cast(date_trunc('quarter', counted.last_active_date) as date) = company_rhythms.quarter_start
),

-- The shortest window of which three quarters hold the usual gap. Before the first day of all nothing is known; before
-- an account began, nobody came.
fitted as (
    select
        expected.*,
        {{ days_between('known_since.first_date', 'expected.activity_date') }} + 1 as known_days,
        case
            {%- for days in var('use_windows')[:-1] %}
                when expected.usual_gap_days <= 0.75 * {{ days }} then {{ days }}
            {%- endfor %}
            else {{ var('use_windows') | last }}
        end as use_window_days
    from expected
    cross join known_since
)

select
    account_id,
    activity_date,
    last_active_date,
    active_days_28d,
    active_days_90d,
    coalesce(gap_count, 0) as gap_count,
    cast(usual_gap_days as double) as usual_gap_days,
    cast(use_window_days as bigint) as use_window_days,
    cast(least(use_window_days, greatest(known_days, {{ var('use_windows') | first }})) as bigint) as counted_days,
    case use_window_days
        {%- for days in var('use_windows') %}
            when {{ days }} then active_days_{{ days }}d
        {%- endfor %}
    end as active_days
from fitted
