with

items as (select * from {{ ref('int_subscription_items_dated') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

prices as (
    select first_date
    from {{ ref('int_billing_details_covered') }}
    where source = 'billing_prices'
),

-- After the last item comes the end of service.
bounds as (
    select
        subscription_id,
        first_date,
        end_date
    from items
    union all
    select
        subscription_id,
        end_date as first_date,
        end_date
    from subscriptions
),

reached as (
    select
        subscription_id,
        first_date,
        max(end_date) over (
            partition by subscription_id
            order by first_date, end_date
            rows between unbounded preceding and 1 preceding
        ) as itemised_until
    from bounds
),

untold as (
    select
        subscriptions.*,
        coalesce(reached.itemised_until, subscriptions.first_date) as untold_from,
        reached.first_date as untold_until
    from subscriptions
    inner join reached using (subscription_id)
    where coalesce(reached.itemised_until, subscriptions.first_date) < reached.first_date
)

select
    subscription_id,
    account_id,
    subscription_item_id,
    plan_id,
    currency,
    quantity,
    monthly_amount,
    first_date,
    end_date,
    trial_end_date,
    is_comped
from items

union all

-- Service without any item is a charge that nobody told, and no charge of zero.
select
    subscription_id,
    account_id,
    'no item of ' || subscription_id as subscription_item_id,
    cast(null as string) as plan_id,
    cast(null as string) as currency,
    cast(null as bigint) as quantity,
    cast(case when is_paused and not {{ var('paused_subscriptions_pay') }} then 0 end as double) as monthly_amount,
    untold_from as first_date,
    untold_until as end_date,
    case
        when untold_from >= (select prices.first_date from prices) then trial_end_date
        else date '0001-01-01'
    end as trial_end_date,
    false as is_comped
from untold
