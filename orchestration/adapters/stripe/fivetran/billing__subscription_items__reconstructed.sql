-- What an item cost in the past, from the periods that were invoiced: a line that credits the rest of a period says
-- nothing of a state, one that charges the rest of a period says what it was changed to.
with

lines as (
    select
        coalesce(as_key(line.subscription_item_id), item.id) as item_id,
        line.subscription_id,
        to_time(line.period_start) as period_start,
        coalesce(price.product_id, plan.product_id, line.plan_id, line.price_id) as plan_id,
        coalesce(price.recurring_interval, plan.interval) as interval,
        coalesce(price.recurring_interval_count, plan.interval_count) as interval_count,
        case
            when coalesce(as_yes(line.proration), false) or try_cast(line.amount as double) is null
                then coalesce(try_cast(price.unit_amount as double), try_cast(plan.amount as double))
            else round(try_cast(line.amount as double) / try_cast(line.quantity as double))
        end as unit_amount_minor,
        try_cast(line.quantity as double) as quantity,
        upper(coalesce(line.currency, price.currency, plan.currency)) as currency,
        line.landed_file,
        line.landed_line
    from invoice_line_item as line
    left join price on price.id = coalesce(line.price_id, line.plan_id)
    left join plan on plan.id = line.plan_id
    left join subscription_item as item
        on line.subscription_item_id is null
        and item.subscription_id = line.subscription_id and item.plan_id = line.plan_id
    where
        not line.is_deleted
        and line.subscription_id is not null
        and try_cast(line.quantity as double) > 0
        and coalesce(try_cast(line.amount as double), 0) >= 0
        and to_time(line.period_end) > to_time(line.period_start)
),

states as (
    select
        *,
        lead(period_start) over items as next_start,
        hash(plan_id, interval, interval_count, unit_amount_minor, quantity, currency) as state,
        lag(hash(plan_id, interval, interval_count, unit_amount_minor, quantity, currency)) over items as former_state
    from lines
    where item_id is not null
    window items as (partition by item_id order by period_start, landed_file, landed_line)
)

select
    item_id as subscription_item_id,
    subscription_id,
    strftime(period_start, '%Y-%m-%dT%H:%M:%SZ') as valid_from,
    plan_id,
    interval,
    interval_count,
    unit_amount_minor,
    quantity,
    currency,
    landed_file,
    landed_line
from states
where state is distinct from former_state
-- Of lines of one moment the last is what it was changed to.
qualify row_number() over (partition by item_id, period_start order by landed_file desc, landed_line desc) = 1
