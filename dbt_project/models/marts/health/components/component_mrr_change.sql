with

account_days as (select * from {{ ref('int_measured_account_days') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }})

-- Whoever came for less than 180 days has no change, and gets none by growing old.
select
    account_days.account_id,
    account_days.score_date,
    cast(100 * (today.mrr - earlier.mrr) as double) as numerator,
    earlier.mrr as denominator,
    1 as sample_size,
    account_days.score_date as measured_on,
    account_days.last_active_date,
    case when account_days.tenure_days_when_last_active < 180 then 'immature' end as unavailable_reason
from account_days
inner join subscription_days as today
    on
        account_days.account_id = today.account_id
        and account_days.score_date = today.activity_date
left join subscription_days as earlier
    on
        account_days.account_id = earlier.account_id
        and account_days.score_date = earlier.activity_date + 180
