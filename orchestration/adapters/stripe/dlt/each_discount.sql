-- The discounts of subscriptions and of their items, else those of their customers: the one of the former API, and the
-- lists of the newer, which hold keys alone where nobody asked for more.
with

own as (
    select
        _dlt_id as owner,
        cast(null as varchar) as item_id,
        discount__id as discount_id,
        discount__coupon__percent_off as percent_off,
        discount__coupon__amount_off as amount_off,
        discount__coupon__duration as duration,
        discount__start as starts_at,
        discount__end as ends_at
    from subscription
    union all
    select
        _dlt_parent_id, null, coalesce(value, id), coupon__percent_off, coupon__amount_off, coupon__duration, start, "end"
    from subscription__discounts
    union all
    select
        item._dlt_parent_id,
        item.id,
        coalesce(discount.value, discount.id),
        discount.coupon__percent_off,
        discount.coupon__amount_off,
        discount.coupon__duration,
        discount.start,
        discount."end"
    from subscription__items__data__discounts as discount
    inner join subscription__items__data as item on item._dlt_id = discount._dlt_parent_id
),

customers as (
    select * from customer
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
),

every as (
    select * from own
    union all
    select
        subscription._dlt_id,
        null,
        customers.discount__id,
        customers.discount__coupon__percent_off,
        customers.discount__coupon__amount_off,
        customers.discount__coupon__duration,
        customers.discount__start,
        customers.discount__end
    from subscription
    inner join customers on customers.id = subscription.customer
    where not exists (
        select 1 from own
        where
            own.owner = subscription._dlt_id
            and own.item_id is null
            and coalesce(own.discount_id, own.percent_off, own.amount_off) is not null
    )
)

select * from every
where coalesce(discount_id, percent_off, amount_off) is not null
