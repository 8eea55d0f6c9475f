with

parameters as (select * from {{ ref('stg_run__parameters') }}),

account_days as (select * from {{ ref('fct_account_daily') }} where is_in_population)

-- The last complete day, and the Mondays before it, so that there is something to follow up in the first report.
select
    account_days.account_id,
    account_days.activity_date as action_date,
    account_days.lifecycle_stage,
    account_days.tenure_days,
    account_days.band,
    account_days.score_status,
    account_days.health_score,
    account_days.days_until_renewal,
    account_days.overdue_days,
    account_days.days_since_last_activity,
    account_days.mrr
from account_days
inner join parameters
    on
        account_days.activity_date = parameters.as_of_date
        or (
            account_days.activity_date < parameters.as_of_date
            and account_days.activity_date >= parameters.as_of_date - 7 * {{ var('play_past_weeks') }}
            and cast(date_trunc('week', account_days.activity_date) as date) = account_days.activity_date
        )
