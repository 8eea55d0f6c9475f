-- Items that were invoiced and that their subscription no longer has. They end where the rest of a period was credited
-- after the last charge, else with the last period that was charged.
with

told as (
    select
        item_id,
        max(subscription_id) as subscription_id,
        max(told_until) as told_until,
        max(paid_until) as paid_until
    from told_states
    group by item_id
),

credits as (
    select told.item_id, min(line.period_start) as credited_from
    from each_line as line
    inner join told on told.item_id = line.item_id
    where not line.is_deleted and try_cast(line.amount as double) < 0 and line.period_start > told.told_until
    group by told.item_id
),

kept as (
    select subscription_id, bool_and(tells_all) as tells_all
    from each_item
    where not is_gone and not is_deleted
    group by subscription_id
)

select told.item_id, coalesce(credits.credited_from, told.paid_until) as gone_at
from told
left join credits on credits.item_id = told.item_id
left join each_item as item on item.item_id = told.item_id
left join kept on kept.subscription_id = told.subscription_id
where case when item.item_id is null then kept.tells_all else item.is_gone end
