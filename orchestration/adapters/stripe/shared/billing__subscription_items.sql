-- The state that an item has now, if it is another one than invoice lines told last. It holds from the end of what they
-- tell, else from its beginning.
with

last_told as (
    select * from told_states
    qualify row_number() over (partition by item_id order by period_start desc) = 1
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
    coalesce(cast(try_cast(item.unit_amount as bigint) as varchar), item.unit_amount_said) as unit_amount_minor,
    item.quantity,
    coalesce(cast(item.percent_off as varchar), item.percent_off_said) as discount_pct,
    coalesce(cast(item.amount_off as varchar), item.amount_off_said) as discount_amount_minor,
    upper(item.currency) as currency,
    item.is_deleted,
    item.landed_file,
    item.landed_line
from each_item as item
left join last_told as told on told.item_id = item.item_id
where
    item.is_deleted
    or told.item_id is null
    or told.plan_id is distinct from item.plan_id
    or told.interval is distinct from item.interval
    or try_cast(told.interval_count as double) is distinct from try_cast(item.interval_count as double)
    or told.unit_amount_minor is distinct from item.unit_amount
    or told.quantity is distinct from try_cast(item.quantity as double)
    or told.percent_off is distinct from item.percent_off
    or told.amount_off is distinct from item.amount_off
    or told.currency is distinct from upper(item.currency)
