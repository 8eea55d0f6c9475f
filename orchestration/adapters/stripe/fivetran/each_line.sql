with

-- A line is discounted by what was in force when its period began.
discounts as (
    select
        line.landed_file,
        line.landed_line,
        max(try_cast(coupon.percent_off as double)) as percent_off,
        max(try_cast(coupon.amount_off as bigint)) as amount_off
    from invoice_line_item as line
    inner join subscription_discount as discount
        on discount.subscription_id = line.subscription_id and not discount.is_deleted
    inner join coupon on coupon.id = discount.coupon_id
    where
        to_time(discount.start) <= to_time(line.period_start)
        and (discount."end" is null or to_time(discount."end") > to_time(line.period_start))
    group by all
)

select
    coalesce(as_key(line.subscription_item_id), as_key(item.id)) as item_id,
    line.subscription_id,
    to_time(line.period_start) as period_start,
    to_time(line.period_end) as period_end,
    line.period_start as period_start_said,
    coalesce(price.product_id, plan.product_id, line.plan_id, line.price_id) as plan_id,
    coalesce(price.recurring_interval, plan.interval) as interval,
    coalesce(price.recurring_interval_count, plan.interval_count) as interval_count,
    coalesce(price.unit_amount, plan.amount) as price_amount,
    line.amount,
    line.quantity,
    discounts.percent_off,
    discounts.amount_off,
    coalesce(line.currency, price.currency, plan.currency) as currency,
    line.proration,
    line.is_deleted,
    line.landed_file,
    line.landed_line
from invoice_line_item as line
left join price on price.id = coalesce(line.price_id, line.plan_id)
left join plan on plan.id = line.plan_id
left join subscription_item as item
    on line.subscription_item_id is null
    and item.subscription_id = line.subscription_id and item.plan_id = line.plan_id
left join discounts on discounts.landed_file = line.landed_file and discounts.landed_line = line.landed_line
