-- What is told and cannot be read is handed on as it is written, so that it is counted.
select
    told.item_id as subscription_item_id,
    told.subscription_id,
    strftime(told.period_start, '%Y-%m-%dT%H:%M:%SZ') as valid_from,
    case
        when row_number() over (partition by told.item_id order by told.period_start desc) = 1
            then strftime(gone.gone_at, '%Y-%m-%dT%H:%M:%SZ')
    end as valid_to,
    told.plan_id,
    told.interval,
    told.interval_count,
    coalesce(cast(cast(told.unit_amount_minor as bigint) as varchar), told.unit_amount_unread) as unit_amount_minor,
    told.quantity_said as quantity,
    told.percent_off as discount_pct,
    cast(told.amount_off as bigint) as discount_amount_minor,
    told.currency,
    told.landed_file,
    told.landed_line
from told_states as told
left join gone_items as gone on gone.item_id = told.item_id

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
    and not is_metered
    and item_id is not null
    and subscription_id is not null
    and period_start is null
    and period_start_said is not null
