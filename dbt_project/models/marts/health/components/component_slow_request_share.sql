with

account_days as (select * from {{ ref('int_measured_account_days') }}),

exposure as (select * from {{ ref('fct_reliability_28d') }})

-- Whoever does not come meets nothing: what they met up to their last active day stands.
select
    account_days.account_id,
    account_days.score_date,
    exposure.frustrated_count as numerator,
    exposure.request_count as denominator,
    exposure.sample_count as sample_size,
    account_days.score_date as measured_on,
    account_days.last_active_date,
    cast(null as string) as unavailable_reason
from account_days
left join exposure
    on
        account_days.account_id = exposure.account_id
        and account_days.last_active_date = exposure.activity_date
