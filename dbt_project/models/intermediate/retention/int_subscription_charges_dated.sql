with

items as (select * from {{ ref('int_subscription_items_dated') }}),

priced as (select * from {{ ref('int_subscription_items_priced') }}),

owners as (
    select distinct
        subscription_item_id,
        subscription_id
    from priced
)

select
    owners.subscription_id,
    items.account_id,
    items.subscription_item_id,
    items.plan_id,
    items.currency,
    items.quantity,
    items.monthly_amount,
    items.first_date,
    items.end_date,
    items.trial_end_date
from items
inner join owners using (subscription_item_id)
