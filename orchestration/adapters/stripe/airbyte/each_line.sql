select
    subscription_item as item_id,
    subscription as subscription_id,
    to_time(inside(period, '$.start')) as period_start,
    to_time(inside(period, '$.end')) as period_end,
    coalesce(inside(price, '$.product'), inside(plan, '$.product'), inside(price, '$.id'), inside(plan, '$.id')) as plan_id,
    coalesce(inside(price, '$.recurring.interval'), inside(plan, '$.interval')) as interval,
    coalesce(inside(price, '$.recurring.interval_count'), inside(plan, '$.interval_count')) as interval_count,
    coalesce(inside(price, '$.unit_amount'), inside(plan, '$.amount')) as price_amount,
    amount,
    quantity,
    cast(null as double) as percent_off,
    cast(null as bigint) as amount_off,
    currency,
    proration,
    is_deleted,
    landed_file,
    landed_line
from invoice_line_items
