with

account_days as (select * from {{ ref('int_measured_account_days') }}),

rhythms as (select * from {{ ref('int_account_rhythms_daily') }})

select
    account_days.account_id,
    account_days.score_date,
    rhythms.active_days as numerator,
    rhythms.counted_days as denominator,
    rhythms.counted_days as sample_size,
    account_days.score_date as measured_on,
    case when account_days.tenure_days < 14 then 'immature' end as unavailable_reason
from account_days
left join rhythms
    on
        account_days.account_id = rhythms.account_id
        and account_days.score_date = rhythms.activity_date
