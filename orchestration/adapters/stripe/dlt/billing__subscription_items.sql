-- The state that an item has now. It holds from the end of what invoice lines tell, else from its beginning.
with

told as (
    select subscription_item as id, max(to_time(period__start)) as told_until
    from invoice__lines__data
    where try_cast(quantity as double) > 0 and try_cast(amount as double) >= 0
    group by all
)

select
    item.id as subscription_item_id,
    subscription.id as subscription_id,
    case
        when told.told_until is null then as_time(coalesce(item.created, subscription.start_date, subscription.created))
        when to_time(coalesce(item.current_period_start, subscription.current_period_start)) > told.told_until
            then as_time(coalesce(item.current_period_start, subscription.current_period_start))
        else as_time(cast(told.told_until + interval 1 second as varchar))
    end as valid_from,
    as_time(subscription.ended_at) as valid_to,
    coalesce(item.price__product, item.price__id) as plan_id,
    item.price__recurring__interval as interval,
    item.price__recurring__interval_count as interval_count,
    round(try_cast(coalesce(item.price__unit_amount, item.price__unit_amount_decimal) as double)) as unit_amount_minor,
    item.quantity,
    try_cast(subscription.discount__coupon__percent_off as double) as discount_pct,
    try_cast(subscription.discount__coupon__amount_off as bigint) as discount_amount_minor,
    upper(item.price__currency) as currency,
    item.landed_file,
    item.landed_line
from subscription__items__data as item
inner join subscription on subscription._dlt_id = item._dlt_parent_id
left join told on told.id = item.id
