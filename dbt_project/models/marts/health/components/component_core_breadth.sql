with

account_days as (select * from {{ ref('int_measured_account_days') }}),

breadth as (select * from {{ ref('int_feature_breadth_daily') }})

select
    account_days.account_id,
    account_days.score_date,
    breadth.used_feature_count as numerator,
    breadth.eligible_feature_count as denominator,
    breadth.eligible_feature_count as sample_size,
    account_days.score_date as measured_on,
    case when account_days.tenure_days < 14 then 'immature' end as unavailable_reason
from account_days
left join breadth
    on
        account_days.account_id = breadth.account_id
        and account_days.score_date = breadth.activity_date
