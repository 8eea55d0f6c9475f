with

health as (select * from {{ ref('fct_account_health_daily') }}),

accounts as (select * from {{ ref('rpt_accounts') }})

-- The last 53 days that fall on the weekday of the last complete day.
select
    health.account_id,
    health.score_date,
    health.band,
    health.health_score
from health
inner join accounts using (account_id)
where
    health.health_score is not null
    and {{ days_between('health.score_date', 'accounts.as_of_date') }} between 0 and 52 * 7
    and {{ days_between('health.score_date', 'accounts.as_of_date') }} % 7 = 0
