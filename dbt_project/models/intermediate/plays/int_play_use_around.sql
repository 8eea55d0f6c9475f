with

account_days as (select * from {{ ref('fct_account_daily') }} where is_customer)

-- Of each day of a customer what was known on its eve, and how much was used before and after: events a day, over the
-- days on which there was a customer and of which it is known.
select
    account_id,
    activity_date as observed_on,
    lag(lifecycle_stage) over days as lifecycle_stage,
    lag(health_score) over days as health_score,
    lag(mrr) over days as mrr,
    lag(seat_count) over days as seat_count,
    lag(tenure_days) over days as tenure_days,
    lag(active_days_28d) over days as active_days_28d,
    lag(active_user_count_28d) over days as active_user_count_28d,
    lag(used_feature_count_28d) over days as used_feature_count_28d,
    lag(days_since_last_activity) over days as days_since_last_activity,
    lag(ticket_count_28d) over days as ticket_count_28d,
    lag(error_session_count_28d) over days as error_session_count_28d,
    lag(session_count_28d) over days as session_count_28d,
    sum(event_count) over week_before / nullif(count(event_count) over week_before, 0) as use_week_before,
    sum(event_count) over month_before / nullif(count(event_count) over month_before, 0) as use_before,
    sum(event_count) over month_earlier / nullif(count(event_count) over month_earlier, 0) as use_earlier,
    sum(event_count) over afterwards / nullif(count(event_count) over afterwards, 0) as use_after
from account_days
window
    days as (partition by account_id order by activity_date),
    week_before as (
        partition by account_id order by activity_date
        range between interval 7 days preceding and interval 1 day preceding
    ),
    month_before as (
        partition by account_id order by activity_date
        range between interval 28 days preceding and interval 1 day preceding
    ),
    month_earlier as (
        partition by account_id order by activity_date
        range between interval 56 days preceding and interval 29 days preceding
    ),
    afterwards as (
        partition by account_id order by activity_date
        range between interval 1 day following and interval {{ var('play_outcome_days') }} days following
    )
