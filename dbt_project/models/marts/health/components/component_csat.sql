with

account_days as (select * from {{ ref('int_measured_account_days') }}),

answers as (select * from {{ ref('int_account_csat_120d') }})

select
    account_days.account_id,
    account_days.score_date,
    answers.positive_count as numerator,
    answers.answer_count as denominator,
    answers.answer_count as sample_size,
    answers.last_response_date as measured_on,
    cast(null as string) as unavailable_reason
from account_days
left join answers
    on
        account_days.account_id = answers.account_id
        and account_days.score_date = answers.activity_date
