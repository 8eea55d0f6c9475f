with

account_days as (select * from {{ ref('int_measured_account_days') }}),

reopens as (select * from {{ ref('int_account_reopens_90d') }})

select
    account_days.account_id,
    account_days.score_date,
    reopens.reopened_count as numerator,
    reopens.solution_count as denominator,
    reopens.solution_count as sample_size,
    account_days.score_date as measured_on,
    cast(null as string) as unavailable_reason
from account_days
left join reopens
    on
        account_days.account_id = reopens.account_id
        and account_days.score_date = reopens.activity_date
