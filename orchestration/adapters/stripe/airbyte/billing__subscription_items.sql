-- The state that an item has now. It holds from the end of what invoice lines tell, else from its beginning.
with

told as (
    select subscription_item as id, max(to_time(inside(period, '$.start'))) as told_until
    from invoice_line_items
    where not is_deleted and try_cast(quantity as double) > 0 and try_cast(amount as double) >= 0
    group by all
),

items as (
    select subscriptions.* exclude (items), unnest(entries(items, '$.data')) as item from subscriptions
)

select
    (item ->> '$.id') as subscription_item_id,
    items.id as subscription_id,
    case
        when told.told_until is null then as_time(coalesce((item ->> '$.created'), start_date, created))
        when to_time(coalesce((item ->> '$.current_period_start'), current_period_start)) > told.told_until
            then as_time(coalesce((item ->> '$.current_period_start'), current_period_start))
        else as_time(cast(told.told_until + interval 1 second as varchar))
    end as valid_from,
    as_time(ended_at) as valid_to,
    coalesce((item ->> '$.price.product'), (item ->> '$.plan.product'), (item ->> '$.price.id'), (item ->> '$.plan.id')) as plan_id,
    coalesce((item ->> '$.price.recurring.interval'), (item ->> '$.plan.interval')) as interval,
    coalesce((item ->> '$.price.recurring.interval_count'), (item ->> '$.plan.interval_count')) as interval_count,
    round(try_cast(coalesce(
        (item ->> '$.price.unit_amount'), (item ->> '$.price.unit_amount_decimal'), (item ->> '$.plan.amount')
    ) as double)) as unit_amount_minor,
    coalesce((item ->> '$.quantity'), quantity) as quantity,
    try_cast(inside(discount, '$.coupon.percent_off') as double) as discount_pct,
    try_cast(inside(discount, '$.coupon.amount_off') as bigint) as discount_amount_minor,
    upper(coalesce((item ->> '$.price.currency'), (item ->> '$.plan.currency'))) as currency,
    is_deleted,
    landed_file,
    landed_line
from items
left join told on told.id = (item ->> '$.id')
