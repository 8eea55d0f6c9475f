with

items as (
    select * from subscription_item
    qualify
        as_key(id) is null
        or row_number() over (partition by as_key(id) order by landed_file desc, landed_line desc) = 1
),

subscriptions as (
    select * from subscription
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
)

select
    as_key(item.id) as item_id,
    item.subscription_id,
    item.subscription_id as owner,
    coalesce(item.created, subscriptions.start_date, subscriptions.created) as begun_at,
    coalesce(item.current_period_start, subscriptions.current_period_start) as period_start,
    -- A row is told deleted by the synchronisation that missed it.
    coalesce(subscriptions.ended_at, case when item.is_deleted then item._fivetran_synced end) as ended_at,
    coalesce(price.product_id, item.plan_id, item.price_id) as plan_id,
    price.interval,
    price.interval_count,
    price.unit_amount,
    price.divide_by,
    coalesce(price.usage_type, '') = 'metered' as is_metered,
    coalesce(item.quantity, subscriptions.quantity) as quantity,
    price.currency,
    item.is_deleted as is_gone,
    true as tells_all,
    item.is_deleted and item._fivetran_synced is null as is_deleted,
    item.landed_file,
    item.landed_line
from items as item
left join subscriptions on subscriptions.id = item.subscription_id
left join each_price as price on price.id = coalesce(item.price_id, item.plan_id)
