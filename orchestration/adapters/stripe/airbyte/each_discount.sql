-- The discounts of a subscription and of its items, else those of its customer. Newer versions of the API list them,
-- by their keys alone where nobody asked for more.
with

customers_last as (
    select id, case when json_valid(discount) then cast(discount as json) end as discount from customers
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
),

states as (
    select
        concat_ws(':', landed_file, landed_line) as owner,
        customer,
        items,
        case when json_valid(discount) then cast(discount as json) end as discount,
        discounts,
        -- What is no JSON is a discount all the same.
        case
            when coalesce(no_json(discount), no_json(discounts)) is not null then to_json('that is no JSON')
        end as unread
    from subscriptions
),

own as (
    select owner, cast(null as varchar) as item_id, discount from states
    union all
    select owner, null, unread from states
    union all
    select owner, null, unnest(entries(discounts, '$')) from states
    union all
    select owner, item ->> '$.id', unnest(entries(cast(item as varchar), '$.discounts'))
    from (select owner, unnest(entries(items, '$.data')) as item from states)
),

discounts as (
    select * from own
    where json_type(discount) in ('OBJECT', 'VARCHAR')
    union all
    select states.owner, null, customers_last.discount
    from states
    inner join customers_last on customers_last.id = states.customer
    where
        json_type(customers_last.discount) = 'OBJECT'
        and not exists (
            select 1 from own
            where own.owner = states.owner and own.item_id is null and json_type(own.discount) in ('OBJECT', 'VARCHAR')
        )
)

select
    owner,
    item_id,
    case when json_type(discount) = 'VARCHAR' then discount ->> '$' else discount ->> '$.id' end as discount_id,
    coalesce(discount ->> '$.coupon.percent_off', discount ->> '$.source.coupon.percent_off') as percent_off,
    coalesce(discount ->> '$.coupon.amount_off', discount ->> '$.source.coupon.amount_off') as amount_off,
    coalesce(discount ->> '$.coupon.duration', discount ->> '$.source.coupon.duration') as duration,
    discount ->> '$.start' as starts_at,
    discount ->> '$.end' as ends_at
from discounts
