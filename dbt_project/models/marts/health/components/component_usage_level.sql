with

account_days as (select * from {{ ref('int_measured_account_days') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }})

-- Use grows with the root of the seats: twice the seats are not twice the work. Whoever came for less than 28 days has
-- no level by which they could be compared, and gets none by growing old.
select
    account_days.account_id,
    account_days.score_date,
    engagement.core_events_28d as numerator,
    sqrt(engagement.seat_count) as denominator,
    engagement.seat_count as sample_size,
    account_days.score_date as measured_on,
    account_days.last_active_date,
    case when account_days.tenure_days_when_last_active < 28 then 'immature' end as unavailable_reason
from account_days
left join engagement
    on
        account_days.account_id = engagement.account_id
        and account_days.score_date = engagement.activity_date
