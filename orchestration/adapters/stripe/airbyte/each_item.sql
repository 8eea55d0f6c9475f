with

items as (
    select subscriptions.* exclude (items), unnest(entries(items, '$.data')) as item from subscriptions
)

select
    (item ->> '$.id') as item_id,
    id as subscription_id,
    coalesce((item ->> '$.created'), start_date, created) as begun_at,
    coalesce((item ->> '$.current_period_start'), current_period_start) as period_start,
    ended_at,
    coalesce((item ->> '$.price.product'), (item ->> '$.plan.product'), (item ->> '$.price.id'), (item ->> '$.plan.id')) as plan_id,
    coalesce((item ->> '$.price.recurring.interval'), (item ->> '$.plan.interval')) as interval,
    coalesce((item ->> '$.price.recurring.interval_count'), (item ->> '$.plan.interval_count')) as interval_count,
    round(try_cast(coalesce(
        (item ->> '$.price.unit_amount'), (item ->> '$.price.unit_amount_decimal'), (item ->> '$.plan.amount')
    ) as double)) as unit_amount,
    coalesce((item ->> '$.price.unit_amount'), (item ->> '$.price.unit_amount_decimal'), (item ->> '$.plan.amount')) as unit_amount_said,
    coalesce((item ->> '$.quantity'), quantity) as quantity,
    try_cast(inside(discount, '$.coupon.percent_off') as double) as percent_off,
    try_cast(inside(discount, '$.coupon.amount_off') as bigint) as amount_off,
    inside(discount, '$.coupon.percent_off') as percent_off_said,
    inside(discount, '$.coupon.amount_off') as amount_off_said,
    coalesce((item ->> '$.price.currency'), (item ->> '$.plan.currency')) as currency,
    is_deleted,
    landed_file,
    landed_line
from items
