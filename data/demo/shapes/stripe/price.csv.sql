select distinct
    'price_' || plan_id || '_' || "interval" || '_' || unit_amount_minor || '_' || lower(currency) as id,
    unit_amount_minor as unit_amount,
    lower(currency) as currency,
    "interval" as recurring_interval,
    interval_count as recurring_interval_count,
    plan_id as product_id,
    'recurring' as type
from raw.billing_subscription_items
order by id
