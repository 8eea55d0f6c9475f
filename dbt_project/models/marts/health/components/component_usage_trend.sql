with

account_days as (select * from {{ ref('int_measured_account_days') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }}),

rhythms as (select * from {{ ref('int_account_rhythms_daily') }})

-- The month before is that of the last active day: it does not fade while nobody comes, so that silence looks like no
-- recovery. Where use is rare, or hardly any, a month says nothing about a trend. One is added to both sides.
select
    account_days.account_id,
    account_days.score_date,
    100.0 * (engagement.core_events_28d - last_active.core_events_previous_28d) as numerator,
    last_active.core_events_previous_28d + 1 as denominator,
    last_active.core_events_28d + last_active.core_events_previous_28d as sample_size,
    account_days.score_date as measured_on,
    account_days.last_active_date,
    case
        when account_days.tenure_days_when_last_active < 56 then 'immature'
        when
            rhythms.use_window_days > {{ var('use_windows') | min }}
            or last_active.core_events_28d + last_active.core_events_previous_28d
            < {{ var('trend_minimum_events') }}
            then 'insufficient_n'
    end as unavailable_reason
from account_days
left join engagement
    on
        account_days.account_id = engagement.account_id
        and account_days.score_date = engagement.activity_date
left join engagement as last_active
    on
        account_days.account_id = last_active.account_id
        and account_days.last_active_date = last_active.activity_date
left join rhythms
    on
        account_days.account_id = rhythms.account_id
        and account_days.score_date = rhythms.activity_date
