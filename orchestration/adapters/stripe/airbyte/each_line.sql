with

-- Since the API of 2025-03-31 a line names its subscription below parent and its price below pricing, without the interval.
lines as (
    select
        coalesce(subscription_item, inside(parent, '$.subscription_item_details.subscription_item')) as item_id,
        coalesce(subscription, inside(parent, '$.subscription_item_details.subscription')) as subscription_id,
        to_time(inside(period, '$.start')) as period_start,
        to_time(inside(period, '$.end')) as period_end,
        inside(period, '$.start') as period_start_said,
        coalesce(
            inside(price, '$.product'), inside(plan, '$.product'), inside(pricing, '$.price_details.product'),
            inside(price, '$.id'), inside(plan, '$.id'), inside(pricing, '$.price_details.price')
        ) as plan_id,
        coalesce(inside(price, '$.recurring.interval'), inside(plan, '$.interval')) as interval,
        coalesce(inside(price, '$.recurring.interval_count'), inside(plan, '$.interval_count')) as interval_count,
        coalesce(inside(price, '$.unit_amount'), inside(plan, '$.amount'), inside(pricing, '$.unit_amount_decimal')) as price_amount,
        amount,
        quantity,
        currency,
        coalesce(proration, inside(parent, '$.subscription_item_details.proration')) as proration,
        is_deleted,
        landed_file,
        landed_line
    from invoice_line_items
),

items as (
    select item_id, plan_id, max(interval) as interval, max(interval_count) as interval_count
    from each_item
    group by item_id, plan_id
)

select
    lines.* replace (
        coalesce(lines.interval, items.interval) as interval,
        coalesce(lines.interval_count, case when lines.interval is null then items.interval_count end) as interval_count
    ),
    cast(null as double) as percent_off,
    cast(null as bigint) as amount_off
from lines
left join items on items.item_id = lines.item_id and items.plan_id = lines.plan_id
