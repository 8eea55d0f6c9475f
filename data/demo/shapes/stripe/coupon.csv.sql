select distinct
    'off_' || discount_pct || '_percent' as id,
    discount_pct as percent_off,
    null::bigint as amount_off,
    null::varchar as currency,
    'forever' as duration
from raw.billing_subscription_items
where discount_pct is not null
union all
select distinct
    'off_' || discount_amount_minor || '_' || lower(currency),
    null,
    discount_amount_minor,
    lower(currency),
    'forever'
from raw.billing_subscription_items
where discount_amount_minor is not null
order by id
