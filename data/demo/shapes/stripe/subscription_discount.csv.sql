with

states as (
    select
        *,
        lead(valid_from) over (partition by subscription_item_id order by valid_from) as until
    from raw.billing_subscription_items
)

select
    'di_' || subscription_item_id || '_' || epoch(valid_from)::bigint || '_percent' as id,
    subscription_id,
    'off_' || discount_pct || '_percent' as coupon_id,
    valid_from as start,
    until as "end",
    false as _fivetran_deleted
from states
where discount_pct is not null
union all
select
    'di_' || subscription_item_id || '_' || epoch(valid_from)::bigint || '_amount',
    subscription_id,
    'off_' || discount_amount_minor || '_' || lower(currency),
    valid_from,
    until,
    false
from states
where discount_amount_minor is not null
order by id
