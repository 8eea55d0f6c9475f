-- What is taken off an item while it recurs, by its own discounts and those of its subscription, one after another.
with

discounts as (
    select *, max(to_time(starts_at)) over (partition by owner) as last_start from each_discount
    -- Of a discount that is told twice, once by its key alone, the one that says what it takes off.
    qualify row_number() over (
        partition by owner, item_id, coalesce(discount_id, '') order by percent_off is null and amount_off is null
    ) = 1
),

recurring as (
    select
        item.owner,
        item.item_id,
        discounts.discount_id,
        discounts.percent_off as percent_said,
        discounts.amount_off as amount_said,
        try_cast(discounts.percent_off as double) as percent_off,
        try_cast(from_stripe(discounts.amount_off, item.currency) as double) as amount_off,
        discounts.percent_off is null and discounts.amount_off is null as is_unread,
        discounts.item_id is not null as is_of_item
    from each_item as item
    inner join discounts
        on discounts.owner = item.owner and (discounts.item_id is null or discounts.item_id = item.item_id)
    where
        lower(coalesce(discounts.duration, '')) <> 'once'
        -- What ends is over by the newest moment that is told of the subscription; of today an export says nothing.
        and not coalesce(
            to_time(discounts.ends_at) <= greatest(to_time(item.period_start), discounts.last_start), false
        )
)

select
    owner,
    item_id,
    nullif(round(100 * (1 - product(1 - coalesce(percent_off, 0) / 100)), 9), 0) as percent_off,
    sum(amount_off) as amount_off,
    max(case when percent_off is null then percent_said end) as percent_off_unread,
    max(case when amount_off is null then amount_said end) as amount_off_unread,
    case
        when bool_or(is_unread) then concat('discount ', max(case when is_unread then discount_id end))
        when count(percent_off) > 0 and count(amount_off) > 0 then 'percent_off and amount_off'
        when bool_or(is_of_item and amount_said is not null) then 'amount_off of an item'
    end as unread
from recurring
group by owner, item_id
