with

plans as (select * from {{ ref('int_plans_catalogued') }}),

items as (select * from {{ ref('int_subscription_items_deduplicated') }}),

sold as (
    select
        plan_id,
        count(*) as item_count
    from items
    where plan_id is not null
    group by plan_id
)

select
    'billing.subscription_items' as subject,
    'plan that the catalogue does not have' as finding,
    plan_id as entry,
    item_count as row_count
from sold
where plan_id not in (select plan_id from plans)

union all

-- Without any item nothing is known of who has which plan.
select
    'catalogue.plans' as subject,
    'plan that nobody has ever had' as finding,
    plan_id as entry,
    0 as row_count
from plans
where
    plan_id not in (select plan_id from sold)
    and exists (select 1 from sold)
