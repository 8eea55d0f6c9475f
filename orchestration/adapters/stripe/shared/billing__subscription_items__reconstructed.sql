select
    item_id as subscription_item_id,
    subscription_id,
    strftime(period_start, '%Y-%m-%dT%H:%M:%SZ') as valid_from,
    plan_id,
    interval,
    interval_count,
    unit_amount_minor,
    quantity,
    percent_off as discount_pct,
    amount_off as discount_amount_minor,
    currency,
    landed_file,
    landed_line
from told_states
