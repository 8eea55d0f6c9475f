{{ config(materialized='ephemeral') }}

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
),

known as (select count(*) as plan_count from sold),

catalogue as (select count(*) as plan_count from plans)

select
    'billing.subscription_items' as subject,
    'plan that the catalogue does not have' as finding,
    sold.plan_id as entry,
    sold.item_count as row_count
from sold
left join plans using (plan_id)
cross join catalogue
where plans.plan_id is null and catalogue.plan_count > 0

union all

-- Without any item nothing is known of who has which plan.
select
    'catalogue.plans' as subject,
    'plan that nobody has ever had' as finding,
    plans.plan_id as entry,
    0 as row_count
from plans
left join sold using (plan_id)
cross join known
where
    sold.plan_id is null
    and known.plan_count > 0

union all

select
    'billing.subscription_items' as subject,
    'plan in another spelling, taken for the same' as finding,
    said_plan_id as entry,
    count(*) as row_count
from items
where said_plan_id != plan_id
group by said_plan_id
