with

items as (select * from {{ ref('stg_billing__subscription_items') }}),

plans as (select plan_id from {{ ref('int_plans_catalogued') }}),

-- A plan is recognised as an account is: exact first, then without capitals where the catalogue has one only. What the
-- catalogue has in no spelling is a plan as it was first spelled.
recognised as (
    select
        {{ folded_spelling('plan_id') }} as folded_plan_id,
        case when count(*) = 1 then min(plan_id) end as plan_id
    from plans
    group by {{ folded_spelling('plan_id') }}
)

select
    items.subscription_item_id,
    items.subscription_id,
    coalesce(
        plans.plan_id,
        case
            when recognised.folded_plan_id is null then {{ one_spelling('items.plan_id', 'items.valid_from') }}
            else recognised.plan_id
        end,
        items.plan_id
    ) as plan_id,
    items.plan_id as said_plan_id,
    items.billing_interval,
    items.currency,
    items.interval_count,
    items.unit_amount_minor,
    items.quantity,
    items.discount_rate,
    items.discount_amount_minor,
    items.valid_from,
    items.valid_to,
    case
        when items.discount_rate is null
            then 'discount_pct is no percentage from 0 to 100: the price is not known'
        when items.interval_count not between 1 and 1200
            then 'interval_count is no number from 1 to 1200: the price is not known'
        when items.is_discount_told_as_share then 'discount_pct is at most 1 in all of its file: it is read as a share'
    end as contradiction,
    items.landed_file,
    items.landed_line
from items
left join plans on items.plan_id = plans.plan_id
left join recognised on {{ folded_spelling('items.plan_id') }} = recognised.folded_plan_id
where
    items.rejection_reason is null
    and {{ happened_by_as_of('items.valid_from') }}
qualify {{ is_latest(['items.subscription_item_id', 'items.valid_from'], []) }}
