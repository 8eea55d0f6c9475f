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
    valid_to,
    case
        when discount_rate is null then 'discount_pct is no percentage from 0 to 100: the price is not known'
        when is_discount_told_as_share then 'discount_pct is at most 1 in all of its file: it is read as a share'
    end as contradiction,
    landed_file,
    landed_line
from items
where
    rejection_reason is null
    and {{ happened_by_as_of('valid_from') }}
qualify {{ is_latest(['subscription_item_id', 'valid_from'], []) }}
