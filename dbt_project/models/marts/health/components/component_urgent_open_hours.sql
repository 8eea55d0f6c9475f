with

account_days as (select * from {{ ref('int_measured_account_days') }}),

support as (select * from {{ ref('fct_support_28d') }})

select
    account_days.account_id,
    account_days.score_date,
    support.urgent_open_hours as numerator,
    1 as denominator,
    1 as sample_size,
    account_days.score_date as measured_on,
    cast(null as string) as unavailable_reason
from account_days
left join support
    on
        account_days.account_id = support.account_id
        and account_days.score_date = support.activity_date
