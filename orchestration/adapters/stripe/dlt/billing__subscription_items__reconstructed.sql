-- What an item cost in the past, from the periods that were invoiced: a line that credits the rest of a period says
-- nothing of a state, one that charges the rest of a period says what it was changed to.
with

lines as (
    select
        subscription_item as item_id,
        subscription as subscription_id,
        to_time(period__start) as period_start,
        coalesce(price__product, price__id) as plan_id,
        price__recurring__interval as interval,
        price__recurring__interval_count as interval_count,
        case
            when coalesce(as_yes(proration), false) or try_cast(amount as double) is null then try_cast(price__unit_amount as double)
            else round(try_cast(amount as double) / try_cast(quantity as double))
        end as unit_amount_minor,
        try_cast(quantity as double) as quantity,
        upper(currency) as currency,
        landed_file,
        landed_line
    from invoice__lines__data
    where
        subscription_item is not null
        and try_cast(quantity as double) > 0
        and coalesce(try_cast(amount as double), 0) >= 0
        and to_time(period__end) > to_time(period__start)
),

states as (
    select
        *,
        hash(plan_id, interval, interval_count, unit_amount_minor, quantity, currency) as state,
        lag(hash(plan_id, interval, interval_count, unit_amount_minor, quantity, currency)) over items as former_state
    from lines
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
