with

account_days as (select * from {{ ref('int_measured_account_days') }}),

roles as (select * from {{ ref('int_account_roles_daily') }})

select
    account_days.account_id,
    account_days.score_date,
    roles.active_role_count as numerator,
    1 as denominator,
    roles.active_role_count as sample_size,
    account_days.score_date as measured_on,
    case when account_days.tenure_days < 14 then 'immature' end as unavailable_reason
from account_days
left join roles
    on
        account_days.account_id = roles.account_id
        and account_days.score_date = roles.activity_date
