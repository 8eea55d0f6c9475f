{{ config(materialized='ephemeral') }}

-- Features that mean something else by now are worked out anew.
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
    feature_set_version,
    row_hash
from {{ source('outlook', 'published_features') }}
where
    feature_set_version = {{ feature_set() }}
    and snapshot_date <= (select parameters.as_of_date + 1 from {{ ref('stg_run__parameters') }} as parameters)
