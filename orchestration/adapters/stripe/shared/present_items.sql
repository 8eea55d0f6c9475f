-- The state that an item has now, if it is another one than invoice lines told last. It holds from the end of what they
-- tell, else from its beginning.
with

last_told as (
    select * from told_states
    qualify row_number() over (partition by item_id order by period_start desc) = 1
),

-- A price includes the tax that the last invoice said.
items as (
    select item.*, coalesce(round(item.worth * told.tax_share), 0) as tax
    from priced_items as item
    left join last_told as told on told.item_id = item.item_id
)

select
    item.item_id as subscription_item_id,
    item.subscription_id,
    case
        when told.told_until is null then as_time(item.begun_at)
        when to_time(item.period_start) > told.told_until then as_time(item.period_start)
        else as_time(cast(told.told_until + interval 1 second as varchar))
    end as valid_from,
    as_time(item.ended_at) as valid_to,
    item.plan_id,
    item.interval,
    item.interval_count,
    -- What is no number is handed on, so that it is counted.
    coalesce(cast(cast(item.unit_price as bigint) as varchar), item.unread, item.price_said) as unit_amount_minor,
    item.quantity,
    coalesce(cast(item.percent_off as varchar), item.percent_off_unread) as discount_pct,
    coalesce(
        item.amount_off_unread, cast(cast(nullif(item.off + item.tax, 0) as bigint) as varchar)
    ) as discount_amount_minor,
    upper(item.currency) as currency,
    item.is_deleted,
    item.landed_file,
    item.landed_line
from items as item
left join last_told as told on told.item_id = item.item_id
where
    case
        when told.item_id is null then true
        -- What was invoiced of it says until when it was there.
        when item.is_gone then false
        else
            item.is_deleted
            or told.plan_id is distinct from item.plan_id
            or told.interval is distinct from item.interval
            or try_cast(told.interval_count as double) is distinct from try_cast(item.interval_count as double)
            or told.quantity is distinct from try_cast(item.quantity as double)
            or told.currency is distinct from upper(item.currency)
            -- A price that only invoices tell, as that of tiers, is what they told last.
            or (
                item.price_said is not null
                and item.unread is null
                and told.worth is distinct from item.worth - item.tax
            )
            or item.percent_off_unread is not null
            or item.amount_off_unread is not null
    end
