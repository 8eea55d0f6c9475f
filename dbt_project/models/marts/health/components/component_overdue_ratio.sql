with

account_days as (select * from {{ ref('int_measured_account_days') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }})

-- What is usual is known as of the last active day, so the ratio grows until somebody comes.
select
    account_days.account_id,
    account_days.score_date,
    engagement.days_since_last_activity as numerator,
    greatest(engagement.usual_gap_days, {{ var('shortest_gap_days') }}) as denominator,
    engagement.gap_count as sample_size,
    account_days.score_date as measured_on,
    case when account_days.tenure_days < 14 then 'immature' end as unavailable_reason
from account_days
left join engagement
    on
        account_days.account_id = engagement.account_id
        and account_days.score_date = engagement.activity_date
