with

account_days as (select * from {{ ref('int_account_days_spined') }} where {{ in_rebuild_window('activity_date') }}),

answers as (
    select * from {{ ref('fct_surveys') }}
    where
        survey_type = 'csat'
        and score is not null
        and {{ in_rebuild_window('response_date', look_back=119) }}
)

select
    account_days.account_id,
    account_days.activity_date,
    count(*) filter (where answers.is_positive) as positive_count,
    count(*) as answer_count,
    max(answers.response_date) as last_response_date
from account_days
inner join answers
    on
        account_days.account_id = answers.account_id
        and account_days.activity_date >= answers.response_date
        and account_days.activity_date < answers.response_date + 120
group by account_days.account_id, account_days.activity_date
