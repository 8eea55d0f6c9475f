with

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

items as (select * from {{ ref('int_subscription_items_dated') }}),

services as (
    select
        account_id,
        min(first_date) as first_service_date
    from subscriptions
    group by account_id
),

-- First ever is asked of the whole history, not of the month ends alone.
first_payments as (
    select
        account_id,
        min(greatest(first_date, trial_end_date)) as first_paid_date
    from items
    where monthly_amount > 0 and greatest(first_date, trial_end_date) < end_date
    group by account_id
)

select
    services.account_id,
    services.first_service_date,
    first_payments.first_paid_date
from services
left join first_payments using (account_id)
