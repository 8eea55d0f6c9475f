with

account_days as (select * from {{ ref('int_measured_account_days') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }})

select
    account_days.account_id,
    account_days.score_date,
    engagement.mau as numerator,
    engagement.seat_count as denominator,
    engagement.seat_count as sample_size,
    account_days.score_date as measured_on,
    case when account_days.tenure_days < 14 then 'immature' end as unavailable_reason
from account_days
left join engagement
    on
        account_days.account_id = engagement.account_id
        and account_days.score_date = engagement.activity_date
