-- What the last state that has an item says of it. A state is a row of its own each time that it changed.
with

states as (
    select
        *,
        row_number() over newest_first = 1 as is_last,
        coalesce(first_value(inside(items, '$.has_more')) over newest_first, '') <> 'true' as tells_all
    from subscriptions
    where len(entries(items, '$.data')) > 0
    window newest_first as (partition by id order by landed_file desc, landed_line desc)
),

items as (
    select states.* exclude (items), unnest(entries(items, '$.data')) as item from states
)

select
    (item ->> '$.id') as item_id,
    id as subscription_id,
    concat_ws(':', landed_file, landed_line) as owner,
    coalesce((item ->> '$.created'), start_date, created) as begun_at,
    coalesce((item ->> '$.current_period_start'), current_period_start) as period_start,
    -- It was there for the period in which it was last told.
    case
        when ended_at is not null then ended_at
        when not is_last and tells_all then coalesce((item ->> '$.current_period_end'), current_period_end)
    end as ended_at,
    coalesce(
        (item ->> '$.price.product'), (item ->> '$.plan.product'), (item ->> '$.price.id'), (item ->> '$.plan.id')
    ) as plan_id,
    coalesce((item ->> '$.price.recurring.interval'), (item ->> '$.plan.interval')) as interval,
    coalesce((item ->> '$.price.recurring.interval_count'), (item ->> '$.plan.interval_count')) as interval_count,
    coalesce(
        (item ->> '$.price.unit_amount'), (item ->> '$.price.unit_amount_decimal'),
        (item ->> '$.plan.amount'), (item ->> '$.plan.amount_decimal')
    ) as unit_amount,
    coalesce(
        (item ->> '$.price.transform_quantity.divide_by'), (item ->> '$.plan.transform_usage.divide_by')
    ) as divide_by,
    coalesce((item ->> '$.price.recurring.usage_type'), (item ->> '$.plan.usage_type'), '') = 'metered' as is_metered,
    coalesce((item ->> '$.quantity'), quantity) as quantity,
    coalesce((item ->> '$.price.currency'), (item ->> '$.plan.currency')) as currency,
    not is_last and tells_all as is_gone,
    tells_all,
    is_deleted and coalesce(status not in ('canceled', 'incomplete_expired'), true) as is_deleted,
    landed_file,
    landed_line
from items
qualify
    (item ->> '$.id') is null
    or row_number() over (partition by (item ->> '$.id') order by landed_file desc, landed_line desc) = 1
