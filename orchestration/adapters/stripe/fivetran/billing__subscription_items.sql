-- The state that an item has now. It holds from the end of what invoice lines tell, else from its beginning.
with

told as (
    select as_key(subscription_item_id) as id, max(to_time(period_start)) as told_until
    from invoice_line_item
    where not is_deleted and try_cast(quantity as double) > 0 and try_cast(amount as double) >= 0
    group by all
),

discounts as (
    select
        subscription_discount.subscription_id,
        max(try_cast(coupon.percent_off as double)) as percent_off,
        max(try_cast(coupon.amount_off as bigint)) as amount_off
    from subscription_discount
    inner join coupon on coupon.id = subscription_discount.coupon_id
    where not subscription_discount.is_deleted and subscription_discount."end" is null
    group by all
)

select
    subscription_item.id as subscription_item_id,
    subscription_item.subscription_id,
    case
        when told.told_until is null
            then as_time(coalesce(subscription_item.created, subscription.start_date, subscription.created))
        else as_time(coalesce(
            case when to_time(subscription_item.current_period_start) > told.told_until then subscription_item.current_period_start end,
            case when to_time(subscription.current_period_start) > told.told_until then subscription.current_period_start end,
            cast(told.told_until + interval 1 second as varchar)
        ))
    end as valid_from,
    as_time(subscription.ended_at) as valid_to,
    coalesce(price.product_id, plan.product_id, subscription_item.plan_id, subscription_item.price_id) as plan_id,
    coalesce(price.recurring_interval, plan.interval, case when price.type = 'one_time' then 'one_time' end) as interval,
    coalesce(price.recurring_interval_count, plan.interval_count) as interval_count,
    round(coalesce(
        try_cast(price.unit_amount as double), try_cast(price.unit_amount_decimal as double),
        try_cast(plan.amount as double), try_cast(plan.amount_decimal as double)
    )) as unit_amount_minor,
    coalesce(subscription_item.quantity, subscription.quantity) as quantity,
    discounts.percent_off as discount_pct,
    discounts.amount_off as discount_amount_minor,
    upper(coalesce(price.currency, plan.currency)) as currency,
    subscription_item.is_deleted,
    subscription_item.landed_file,
    subscription_item.landed_line
from subscription_item
left join subscription
    on subscription.id = subscription_item.subscription_id
    and coalesce(as_yes(subscription._fivetran_active), true)
left join price on price.id = coalesce(subscription_item.price_id, subscription_item.plan_id)
left join plan on plan.id = subscription_item.plan_id
left join discounts on discounts.subscription_id = subscription_item.subscription_id
left join told on told.id = as_key(subscription_item.id)
