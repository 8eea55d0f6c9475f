{{ config(materialized='ephemeral') }}

with

account_days as (
    select * from {{ ref('fct_account_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=91) }}
),

usage as (select * from {{ ref('int_account_usage_weeks') }}),

eves as (select * from {{ ref('int_account_eves') }})

select
    eves.account_id,
    eves.snapshot_date,
    eves.size_band,
    coalesce(eves.plan, 'unknown') as plan,
    eves.mrr,
    eves.is_at_risk,
    ln(1.0 + usage.known_days_since_activity) as log_days_since_activity,
    ln((1.0 + usage.active_days_28d) / (1.0 + usage.known_days_28d)) as log_active_share_28d,
    ln((1.0 + usage.active_days_84d) / (1.0 + usage.known_days_84d)) as log_active_share_84d,
    ln((1.0 + usage.active_days_364d) / (1.0 + usage.known_days_364d)) as log_active_share_364d,
    ln(1.0 + eves.active_user_count_28d) as log_users_28d,
    ln(1.0 + usage.core_events_28d) as log_core_events_28d,
    ln((1.0 + 4 * usage.core_events_7d) / (1.0 + usage.core_events_28d)) as core_event_change_7d,
    ln((1.0 + usage.core_events_28d) / (1.0 + usage.core_events_28d_before)) as core_event_change_28d,
    case
        when usage.known_days_56d - usage.known_days_28d >= 21
            then
                ln((1.0 + usage.active_days_28d) / (1.0 + usage.known_days_28d))
                - ln(
                    (1.0 + usage.active_days_56d - usage.active_days_28d)
                    / (1.0 + usage.known_days_56d - usage.known_days_28d)
                )
    end as active_day_change_28d,
    ln((1.0 + eves.active_user_count_28d) / (1.0 + before.active_user_count_28d)) as user_change_84d,
    ln(1.0 + usage.core_events_28d / {{ not_below('coalesce(eves.seat_count, 1)', 1) }}) as log_core_events_per_seat,
    ln((1.0 + eves.active_user_count_28d) / (1.0 + {{ not_below('eves.seat_count', 0) }})) as seat_use,
    cast(eves.used_feature_count_28d as double) / nullif(eves.eligible_feature_count, 0) as feature_breadth,
    ln(1.0 + {{ not_below('eves.tenure_days', 0) }}) as log_tenure_days,
    ln(1.0 + {{ not_below('eves.days_until_term_end', 0) }}) as log_days_until_term_end,
    {{ ends_within('eves.days_until_term_end', 42) }} as term_ends_within_42d,
    {{ ends_within('eves.days_until_term_end', 91) }} as term_ends_within_91d,
    {{ ends_within('eves.days_until_term_end', 182) }} as term_ends_within_182d,
    ln(1.0 + {{ not_below('eves.overdue_days', 0) }}) as log_overdue_days,
    ln(1.0 + cast({{ not_below('eves.mrr', 0) }} as double)) as log_mrr,
    ln(1.0 + {{ not_below('eves.seat_count', 0) }}) as log_seats,
    ln(
        (1.0 + cast({{ not_below('eves.mrr', 0) }} as double))
        / (1.0 + cast({{ not_below('before.mrr', 0) }} as double))
    ) as mrr_change_84d,
    cast(eves.error_session_count_28d as double) / nullif(eves.session_count_28d, 0) as error_session_share,
    ln(1.0 + {{ not_below('eves.downtime_minutes_28d', 0) }}) as log_downtime_minutes,
    ln(1.0 + cast(eves.ticket_count_28d as double) / (1 + eves.active_user_count_28d)) as log_tickets_per_user,
    ln(1.0 + eves.open_ticket_count) as log_open_tickets,
    eves.nps_90d / 100 as nps,
    cast(eves.csm_sentiment as double) as csm_sentiment
from eves
left join usage
    on
        eves.account_id = usage.account_id
        and eves.snapshot_date = usage.snapshot_date
left join account_days as before
    on
        eves.account_id = before.account_id
        and eves.activity_date - 84 = before.activity_date
