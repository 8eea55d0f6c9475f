with

items as (select * from {{ ref('int_subscription_items_priced') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }})

-- An item counts while both it and its subscription do.
select
    items.subscription_item_id,
    subscriptions.account_id,
    items.plan_id,
    items.currency,
    items.quantity,
    items.monthly_amount,
    greatest({{ local_day('items.valid_from') }}, subscriptions.first_date) as first_date,
    least(coalesce({{ local_day('items.valid_to') }}, date '9999-12-31'), subscriptions.end_date) as end_date,
    subscriptions.trial_end_date
from items
inner join subscriptions using (subscription_id)
