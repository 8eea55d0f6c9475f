{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='snapshot_date') }}

with

measured as (select * from {{ ref('int_account_features_measured') }}),

published as (select * from {{ ref('stg_outlook__published_features') }}),

-- A holiday is one for the whole segment: what it does to everybody is no sign of anybody.
compared as (
    select
        *,
        log_active_share_28d - median(log_active_share_28d) over segment_weeks as active_days_against_segment,
        log_active_share_84d - median(log_active_share_84d) over segment_weeks as active_days_84d_against_segment,
        log_active_share_364d - median(log_active_share_364d) over segment_weeks as active_days_364d_against_segment,
        log_days_since_activity - median(log_days_since_activity) over segment_weeks
            as days_since_activity_against_segment,
        feature_breadth - median(feature_breadth) over segment_weeks as feature_breadth_against_segment,
        log_core_events_per_seat - median(log_core_events_per_seat) over segment_weeks as core_events_against_segment,
        active_day_change_28d - median(active_day_change_28d) over segment_weeks as active_day_change_against_segment
    from measured
    window segment_weeks as (partition by snapshot_date, plan)
),

-- What landed after its Monday was not known then, so a Monday that was published stays what it was.
as_known as (
    select {{ columns_as_known() }} from compared
    where snapshot_date not in (select published.snapshot_date from published)
    union all
    select {{ columns_as_known() }} from published
)

select
    account_id,
    snapshot_date,
    size_band,
    mrr,
    is_at_risk,
    log_days_since_activity,
    log_active_share_28d,
    log_active_share_84d,
    log_active_share_364d,
    log_users_28d,
    log_core_events_28d,
    core_event_change_7d,
    core_event_change_28d,
    active_day_change_28d,
    user_change_84d,
    active_days_against_segment,
    active_days_84d_against_segment,
    active_days_364d_against_segment,
    days_since_activity_against_segment,
    feature_breadth_against_segment,
    core_events_against_segment,
    active_day_change_against_segment,
    seat_use,
    feature_breadth,
    log_tenure_days,
    log_days_until_term_end,
    term_ends_within_42d,
    term_ends_within_91d,
    term_ends_within_182d,
    log_overdue_days,
    log_mrr,
    log_seats,
    mrr_change_84d,
    error_session_share,
    log_downtime_minutes,
    log_tickets_per_user,
    log_open_tickets,
    nps,
    csm_sentiment,
    cast({{ names_of_missing(var('outlook_features')) }} as string) as missing_features,
    cast(snapshot_date as timestamp) - interval 1 second as max_source_known_at,
    {{ feature_set() }} as feature_set_version,
    {{ hash_of_numbers(var('outlook_features')) }} as row_hash
from as_known
where {{ in_rebuild_window('snapshot_date') }}
