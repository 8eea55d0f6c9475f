with

items as (select * from {{ ref('int_subscription_items_priced') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

prices as (
    select first_date
    from {{ ref('int_billing_details_covered') }}
    where source = 'billing_prices'
),

-- A state that was never closed ends where the next state of its item begins.
following as (
    select
        *,
        lead(valid_from) over (partition by subscription_item_id order by valid_from) as next_valid_from
    from items
),

-- An item counts while both it and its subscription do.
dated as (
    select
        following.subscription_item_id,
        following.subscription_id,
        subscriptions.account_id,
        following.plan_id,
        following.currency,
        following.quantity,
        case
            when subscriptions.is_paused and not {{ var('paused_subscriptions_pay') }} then 0
            else following.monthly_amount
        end as monthly_amount,
        greatest({{ local_day('following.valid_from') }}, subscriptions.first_date) as first_date,
        least(
            coalesce({{ local_day('following.valid_to') }}, date '9999-12-31'),
            coalesce({{ local_day('following.next_valid_from') }}, date '9999-12-31'),
            subscriptions.end_date
        ) as end_date,
        -- A trial is worth zero where others pay. As long as nobody was told any price, nothing is known to be zero.
        case
            when {{ local_day('following.valid_from') }} >= (select prices.first_date from prices)
                then subscriptions.trial_end_date
            else date '0001-01-01'
        end as trial_end_date,
        following.is_comped
    from following
    inner join subscriptions using (subscription_id)
)

-- A state that held for a part of a day only leaves the day to the next one.
select * from dated
where first_date < end_date
