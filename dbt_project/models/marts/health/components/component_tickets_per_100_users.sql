with

account_days as (select * from {{ ref('int_measured_account_days') }}),

support as (select * from {{ ref('fct_support_28d') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }})

-- A bare count would punish the big: tickets are asked per active user. While nobody comes neither the users of the
-- last active day nor the tickets of its month are forgotten; new ones count.
select
    account_days.account_id,
    account_days.score_date,
    100.0 * greatest(support.ticket_count, last_active.ticket_count) as numerator,
    engagement.mau as denominator,
    engagement.mau as sample_size,
    account_days.score_date as measured_on,
    account_days.last_active_date,
    cast(null as string) as unavailable_reason
from account_days
left join support
    on
        account_days.account_id = support.account_id
        and account_days.score_date = support.activity_date
left join support as last_active
    on
        account_days.account_id = last_active.account_id
        and account_days.last_active_date = last_active.activity_date
left join engagement
    on
        account_days.account_id = engagement.account_id
        and account_days.last_active_date = engagement.activity_date
