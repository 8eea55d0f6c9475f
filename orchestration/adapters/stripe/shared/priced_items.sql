-- What an item that is billed by its quantity costs a period. A price with fractions is rounded up, and what that is
-- too much is taken off the whole; an amount off a subscription is taken off its items in proportion to what they cost.
with

prices as (
    select
        item.*,
        from_stripe(item.unit_amount, item.currency) as price_said,
        discount.percent_off,
        discount.percent_off_unread,
        discount.amount_off,
        discount.amount_off_unread,
        case
            when item.divide_by is not null then concat(item.unit_amount, ' for ', item.divide_by)
            when discount.unread is not null then concat(item.unit_amount, ' less ', discount.unread)
        end as unread
    from each_item as item
    left join item_discounts as discount on discount.owner = item.owner and discount.item_id = item.item_id
    where not item.is_metered
),

amounts as (
    select
        *,
        ceil(price_of_one) as unit_price,
        round(price_of_one * try_cast(quantity as double)) as full_amount
    from (select *, case when unread is null then try_cast(price_said as double) end as price_of_one from prices)
),

sums as (
    select
        *,
        count(*) over (partition by owner, is_gone) as items,
        count(full_amount) over (partition by owner, is_gone) as known_items,
        sum(full_amount) over (partition by owner, is_gone) as full_amount_of_all,
        sum(full_amount) over (partition by owner, is_gone order by item_id rows unbounded preceding) as so_far
    from amounts
),

shares as (
    select
        *,
        case
            when items = 1 or full_amount_of_all = 0 then amount_off
            when known_items = items
                then round(amount_off * so_far / full_amount_of_all)
                    - round(amount_off * (so_far - full_amount) / full_amount_of_all)
        end as share
    from sums
)

select
    * exclude (unit_price, unread, part_paid),
    case when amount_off is null or share is not null then unit_price end as unit_price,
    case
        when amount_off is not null and share is null and unread is null
            then concat(unit_amount, ' less a share of ', amount_off)
        else unread
    end as unread,
    coalesce(share, 0)
    + coalesce(round((unit_price * try_cast(quantity as double) - full_amount) * part_paid), 0) as off,
    round(full_amount * part_paid - case when amount_off is null then 0 else share end) as worth
from (select *, 1 - coalesce(percent_off, 0) / 100 as part_paid from shares)
