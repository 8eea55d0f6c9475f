-- One line for each period that was billed of each state of an item; a state that begins within a period is a proration.
with

states as (
    select
        items.*,
        row_number() over (partition by items.subscription_item_id order by items.valid_from) as state_number,
        coalesce(
            items.valid_to,
            lead(items.valid_from) over (partition by items.subscription_item_id order by items.valid_from),
            subscriptions.ended_at,
            (select max(valid_from) from raw.billing_subscription_items)
        ) as until,
        case when items."interval" = 'year' then 12 else 1 end * items.interval_count as months
    from raw.billing_subscription_items as items
    left join (
        select subscription_id, max(ended_at) as ended_at from raw.billing_subscriptions group by all
    ) as subscriptions using (subscription_id)
),

periods as (
    select
        *,
        unnest(range(0, greatest(datediff('month', valid_from, until) // months, 0) + 1)) as period
    from states
)

select
    'il_' || subscription_item_id || '_' || state_number || '_' || period as id,
    'in_' || subscription_item_id || '_' || state_number || '_' || period as invoice_id,
    subscription_id,
    subscription_item_id,
    valid_from + to_months(cast(period * months as integer)) as period_start,
    valid_from + to_months(cast((period + 1) * months as integer)) as period_end,
    'price_' || plan_id || '_' || "interval" || '_' || unit_amount_minor || '_' || lower(currency) as price_id,
    quantity,
    unit_amount_minor * quantity as amount,
    lower(currency) as currency,
    period = 0 and state_number > 1 as proration,
    'subscription' as type,
    false as _fivetran_deleted
from periods
where period = 0 or valid_from + to_months(cast(period * months as integer)) < until
order by subscription_item_id, period_start
