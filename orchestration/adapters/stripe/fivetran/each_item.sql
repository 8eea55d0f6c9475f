with

discounts as (
    select
        subscription_discount.subscription_id,
        max(try_cast(coupon.percent_off as double)) as percent_off,
        max(try_cast(coupon.amount_off as bigint)) as amount_off,
        max(coupon.percent_off) as percent_off_said,
        max(coupon.amount_off) as amount_off_said
    from subscription_discount
    inner join coupon on coupon.id = subscription_discount.coupon_id
    where not subscription_discount.is_deleted and subscription_discount."end" is null
    group by all
)

select
    as_key(item.id) as item_id,
    item.subscription_id,
    coalesce(item.created, subscription.start_date, subscription.created) as begun_at,
    coalesce(item.current_period_start, subscription.current_period_start) as period_start,
    subscription.ended_at,
    coalesce(price.product_id, plan.product_id, item.plan_id, item.price_id) as plan_id,
    coalesce(price.recurring_interval, plan.interval, case when price.type = 'one_time' then 'one_time' end) as interval,
    coalesce(price.recurring_interval_count, plan.interval_count) as interval_count,
    round(coalesce(
        try_cast(price.unit_amount as double), try_cast(price.unit_amount_decimal as double),
        try_cast(plan.amount as double), try_cast(plan.amount_decimal as double)
    )) as unit_amount,
    coalesce(price.unit_amount, price.unit_amount_decimal, plan.amount, plan.amount_decimal) as unit_amount_said,
    coalesce(item.quantity, subscription.quantity) as quantity,
    discounts.percent_off,
    discounts.amount_off,
    discounts.percent_off_said,
    discounts.amount_off_said,
    coalesce(price.currency, plan.currency) as currency,
    item.is_deleted,
    item.landed_file,
    item.landed_line
from subscription_item as item
left join subscription on subscription.id = item.subscription_id
left join price on price.id = coalesce(item.price_id, item.plan_id)
left join plan on plan.id = item.plan_id
left join discounts on discounts.subscription_id = item.subscription_id
