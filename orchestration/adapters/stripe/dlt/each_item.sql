-- What the last state that has an item says of it; of a subscription that is appended each time there are several.
with

states as (
    select * from subscription
    qualify row_number() over (partition by _dlt_id order by landed_file desc, landed_line desc) = 1
),

subscriptions as (
    select *, row_number() over (partition by id order by landed_file desc, landed_line desc) = 1 as is_last from states
)

select
    item.id as item_id,
    subscriptions.id as subscription_id,
    subscriptions._dlt_id as owner,
    coalesce(item.created, subscriptions.start_date, subscriptions.created) as begun_at,
    coalesce(item.current_period_start, subscriptions.current_period_start) as period_start,
    -- It was there for the period in which it was last told.
    coalesce(
        subscriptions.ended_at,
        case when not subscriptions.is_last then coalesce(item.current_period_end, subscriptions.current_period_end) end
    ) as ended_at,
    coalesce(item.price__product, item.price__id) as plan_id,
    item.price__recurring__interval as interval,
    item.price__recurring__interval_count as interval_count,
    coalesce(item.price__unit_amount, item.price__unit_amount_decimal) as unit_amount,
    item.price__transform_quantity__divide_by as divide_by,
    coalesce(item.price__recurring__usage_type, '') = 'metered' as is_metered,
    item.quantity,
    item.price__currency as currency,
    not subscriptions.is_last as is_gone,
    true as tells_all,
    item.is_deleted,
    item.landed_file,
    item.landed_line
from subscription__items__data as item
inner join subscriptions on subscriptions._dlt_id = item._dlt_parent_id
qualify
    item.id is null
    or row_number() over (partition by item.id order by item.landed_file desc, item.landed_line desc) = 1
