-- What is told and cannot be read is handed on as it is written, so that it is counted.
select
    item_id as subscription_item_id,
    subscription_id,
    strftime(period_start, '%Y-%m-%dT%H:%M:%SZ') as valid_from,
    plan_id,
    interval,
    interval_count,
    coalesce(cast(cast(unit_amount_minor as bigint) as varchar), unit_amount_unread) as unit_amount_minor,
    quantity_said as quantity,
    percent_off as discount_pct,
    amount_off as discount_amount_minor,
    currency,
    landed_file,
    landed_line
from told_states

union all by name

select
    item_id as subscription_item_id,
    subscription_id,
    period_start_said as valid_from,
    landed_file,
    landed_line
from each_line
where
    not is_deleted
    and item_id is not null
    and subscription_id is not null
    and period_start is null
    and period_start_said is not null
