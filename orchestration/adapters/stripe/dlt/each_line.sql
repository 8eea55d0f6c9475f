select
    subscription_item as item_id,
    subscription as subscription_id,
    to_time(period__start) as period_start,
    to_time(period__end) as period_end,
    coalesce(price__product, price__id) as plan_id,
    price__recurring__interval as interval,
    price__recurring__interval_count as interval_count,
    price__unit_amount as price_amount,
    amount,
    quantity,
    cast(null as double) as percent_off,
    cast(null as bigint) as amount_off,
    currency,
    proration,
    is_deleted,
    landed_file,
    landed_line
from invoice__lines__data
