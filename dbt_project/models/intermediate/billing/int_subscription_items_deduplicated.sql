with

items as (select * from {{ ref('stg_billing__subscription_items') }})

select
    subscription_item_id,
    subscription_id,
    plan_id,
    billing_interval,
    currency,
    interval_count,
    unit_amount_minor,
    quantity,
    discount_rate,
    discount_amount_minor,
    valid_from,
    valid_to
from items
where
    rejection_reason is null
    and {{ happened_by_as_of('valid_from') }}
qualify {{ is_latest(['subscription_item_id', 'valid_from'], []) }}
