select
    item.id as item_id,
    subscription.id as subscription_id,
    coalesce(item.created, subscription.start_date, subscription.created) as begun_at,
    coalesce(item.current_period_start, subscription.current_period_start) as period_start,
    subscription.ended_at,
    coalesce(item.price__product, item.price__id) as plan_id,
    item.price__recurring__interval as interval,
    item.price__recurring__interval_count as interval_count,
    round(try_cast(coalesce(item.price__unit_amount, item.price__unit_amount_decimal) as double)) as unit_amount,
    coalesce(item.price__unit_amount, item.price__unit_amount_decimal) as unit_amount_said,
    item.quantity,
    try_cast(subscription.discount__coupon__percent_off as double) as percent_off,
    try_cast(subscription.discount__coupon__amount_off as bigint) as amount_off,
    subscription.discount__coupon__percent_off as percent_off_said,
    subscription.discount__coupon__amount_off as amount_off_said,
    item.price__currency as currency,
    item.is_deleted,
    item.landed_file,
    item.landed_line
from subscription__items__data as item
inner join subscription on subscription._dlt_id = item._dlt_parent_id
