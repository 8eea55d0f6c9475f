-- An item is what it is now.
select
    subscription_item_id as id,
    any_value(subscription_id) as subscription_id,
    arg_max('price_' || plan_id || '_' || "interval" || '_' || unit_amount_minor || '_' || lower(currency), valid_from) as plan_id,
    arg_max(quantity, valid_from) as quantity,
    min(valid_from) as created,
    false as _fivetran_deleted
from raw.billing_subscription_items
group by subscription_item_id
order by id
