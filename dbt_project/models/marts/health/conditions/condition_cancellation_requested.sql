with

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }})

select
    account_id,
    activity_date as score_date,
    1 as condition_value
from subscription_days
where is_cancelling
