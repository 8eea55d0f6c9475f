-- What an item cost in the past, from the periods that were invoiced: a line that credits the rest of a period says
-- nothing of a state, one that charges the rest of a period says what it was changed to.
with

lines as (
    select
        item_id,
        subscription_id,
        period_start,
        plan_id,
        interval,
        interval_count,
        case
            when coalesce(as_yes(proration), false) then try_cast(price_amount as double)
            else coalesce(round(try_cast(amount as double) / try_cast(quantity as double)), try_cast(price_amount as double))
        end as unit_amount_minor,
        coalesce(
            case when try_cast(price_amount as double) is null then price_amount end,
            case when try_cast(amount as double) is null then amount end
        ) as unit_amount_unread,
        try_cast(quantity as double) as quantity,
        quantity as quantity_said,
        percent_off,
        amount_off,
        upper(currency) as currency,
        landed_file,
        landed_line
    from each_line
    where
        not is_deleted
        and item_id is not null
        and subscription_id is not null
        -- What is told and is no number says that nobody knows, which ends what was known before.
        and coalesce(try_cast(quantity as double) > 0, quantity is not null)
        and coalesce(try_cast(amount as double), 0) >= 0
        and period_end > period_start
),

states as (
    select
        *,
        hash(plan_id, interval, interval_count, unit_amount_minor, quantity, percent_off, amount_off, currency) as state
    from lines
    -- Of lines of one moment the last is what it was changed to.
    qualify row_number() over (partition by item_id, period_start order by landed_file desc, landed_line desc) = 1
)

select
    *,
    max(period_start) over (partition by item_id) as told_until
from states
qualify state is distinct from lag(state) over (partition by item_id order by period_start)
