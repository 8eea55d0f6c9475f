-- The discounts of subscriptions, else those of their customers, from either of the tables in which they are told.
with

told as (
    -- Fivetran has told discounts of a subscription as those of its customer, too.
    select
        id,
        case when lower(type) = 'customer' and subscription_id is not null then 'subscription' else lower(type) end as type,
        case when lower(type) = 'customer' then coalesce(subscription_id, type_id) else type_id end as type_id,
        coupon_id,
        start,
        "end",
        is_deleted,
        landed_file,
        landed_line
    from discount
    union all
    select id, 'subscription', subscription_id, coupon_id, start, "end", is_deleted, landed_file, landed_line
    from subscription_discount
),

discounts as (
    select * from told
    qualify row_number() over (
        partition by type, type_id, coalesce(id, coupon_id) order by landed_file desc, landed_line desc
    ) = 1
),

coupons as (
    select * from coupon
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
),

own as (
    select type_id as owner, discounts.* from discounts where type = 'subscription' and not is_deleted
),

of_customers as (
    select distinct subscription.id as owner, discounts.*
    from discounts
    inner join subscription on subscription.customer_id = discounts.type_id
    where
        discounts.type = 'customer'
        and not discounts.is_deleted
        and not exists (select 1 from own where own.owner = subscription.id)
)

select
    every.owner,
    cast(null as varchar) as item_id,
    coalesce(every.id, every.coupon_id) as discount_id,
    coupons.percent_off,
    coupons.amount_off,
    coupons.duration,
    every.start as starts_at,
    every."end" as ends_at
from (select * from own union all select * from of_customers) as every
left join coupons on coupons.id = every.coupon_id
