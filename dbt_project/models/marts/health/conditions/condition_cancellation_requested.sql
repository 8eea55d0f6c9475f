with

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }})

select
    account_id,
    activity_date as score_date,
    'cancellation_requested' as condition,
    cast(1 as double) as condition_value
from subscription_days
where is_cancelling
