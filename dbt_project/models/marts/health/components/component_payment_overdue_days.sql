with

account_days as (select * from {{ ref('int_measured_account_days') }}),

overdue as (select * from {{ ref('int_payments_overdue_daily') }})

select
    account_days.account_id,
    account_days.score_date,
    coalesce(overdue.overdue_days, 0) as numerator,
    1 as denominator,
    1 as sample_size,
    account_days.score_date as measured_on,
    cast(null as string) as unavailable_reason
from account_days
left join overdue
    on
        account_days.account_id = overdue.account_id
        and account_days.score_date = overdue.activity_date
