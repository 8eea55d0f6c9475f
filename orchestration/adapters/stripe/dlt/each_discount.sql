-- The discounts of subscriptions: the one of the former API, and the list of the newer, which holds keys alone where
-- nobody asked for more.
select
    _dlt_id as owner,
    cast(null as varchar) as item_id,
    discount__id as discount_id,
    discount__coupon__percent_off as percent_off,
    discount__coupon__amount_off as amount_off,
    discount__coupon__duration as duration,
    discount__start as starts_at,
    discount__end as ends_at
from subscription
where discount__id is not null or discount__coupon__percent_off is not null or discount__coupon__amount_off is not null

union all

select
    _dlt_parent_id,
    null,
    coalesce(value, id),
    coupon__percent_off,
    coupon__amount_off,
    coupon__duration,
    start,
    "end"
from subscription__discounts
