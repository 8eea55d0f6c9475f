with

-- Since the API of 2025-03-31 a line names its subscription below parent and its price below pricing, without the interval.
lines as (
    select
        id as line_id,
        invoice_id,
        invoice_created,
        coalesce(subscription_item, inside(parent, '$.subscription_item_details.subscription_item')) as item_id,
        coalesce(subscription, inside(parent, '$.subscription_item_details.subscription')) as subscription_id,
        to_time(inside(period, '$.start')) as period_start,
        to_time(inside(period, '$.end')) as period_end,
        coalesce(inside(period, '$.start'), no_json(period)) as period_start_said,
        coalesce(
            inside(price, '$.product'), inside(plan, '$.product'), inside(pricing, '$.price_details.product'),
            inside(price, '$.id'), inside(plan, '$.id'), inside(pricing, '$.price_details.price'),
            no_json(price), no_json(plan), no_json(pricing)
        ) as plan_id,
        coalesce(inside(price, '$.recurring.interval'), inside(plan, '$.interval')) as interval,
        coalesce(inside(price, '$.recurring.interval_count'), inside(plan, '$.interval_count')) as interval_count,
        coalesce(
            inside(price, '$.unit_amount'), inside(price, '$.unit_amount_decimal'),
            inside(plan, '$.amount'), inside(plan, '$.amount_decimal'), inside(pricing, '$.unit_amount_decimal')
        ) as price_amount,
        coalesce(inside(price, '$.recurring.usage_type'), inside(plan, '$.usage_type')) as usage_type,
        amount,
        (
            select cast(sum(try_cast(off ->> '$.amount' as double)) as varchar)
            from (select unnest(entries(discount_amounts, '$')) as off)
        ) as line_off,
        (
            select cast(sum(try_cast(tax ->> '$.amount' as double)) as varchar)
            from (select unnest(list_concat(entries(tax_amounts, '$'), entries(taxes, '$'))) as tax)
            where (tax ->> '$.inclusive') = 'true' or (tax ->> '$.tax_behavior') = 'inclusive'
        ) as line_tax,
        -- What cannot be read may be taken off.
        case
            when coalesce(no_json(discount_amounts), no_json(tax_amounts), no_json(taxes)) is not null
                then concat(amount, ' less what is no JSON')
        end as unread,
        quantity,
        currency,
        coalesce(proration, inside(parent, '$.subscription_item_details.proration')) as proration,
        is_deleted,
        landed_file,
        landed_line
    from invoice_line_items
),

items as (
    select
        item_id,
        plan_id,
        max(interval) as interval,
        max(interval_count) as interval_count,
        bool_or(is_metered) as is_metered
    from each_item
    group by item_id, plan_id
)

select
    lines.* exclude (usage_type) replace (
        coalesce(lines.interval, items.interval) as interval,
        coalesce(lines.interval_count, case when lines.interval is null then items.interval_count end) as interval_count
    ),
    coalesce(lines.usage_type = 'metered', items.is_metered, false) as is_metered,
    cast(null as double) as percent_off,
    cast(null as double) as amount_off
from lines
left join items on items.item_id = lines.item_id and items.plan_id = lines.plan_id
