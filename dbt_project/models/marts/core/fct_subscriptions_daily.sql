with

account_days as (select * from {{ ref('int_account_days_spined') }}),

subscriptions as (select * from {{ ref('int_subscriptions_deduplicated') }}),

items as (select * from {{ ref('int_subscription_items_priced') }}),

rates as (select * from {{ ref('int_exchange_rates_monthly') }}),

subscription_days as (
    select
        account_days.account_id,
        account_days.activity_date,
        subscriptions.subscription_id,
        coalesce({{ local_day('subscriptions.trial_ended_at') }} > account_days.activity_date, false) as is_trial,
        subscriptions.cancel_requested_at < cast(account_days.activity_date + 1 as timestamp) as is_cancelling,
        case
            when coalesce(subscriptions.term_months, 1) > 1 then subscriptions.renewal_date
        end as renewal_date
    from account_days
    inner join subscriptions
        on
            account_days.account_id = subscriptions.account_id
            and {{ local_day('subscriptions.started_at') }} <= account_days.activity_date
            and (
                subscriptions.ended_at is null
                or {{ local_day('subscriptions.ended_at') }} > account_days.activity_date
            )
    where subscriptions.status not in ('incomplete', 'incomplete_expired', 'unpaid')
),

item_days as (
    select
        subscription_days.*,
        items.plan_id,
        items.quantity,
        items.currency,
        items.monthly_amount
        * case when items.currency = '{{ var("reporting_currency") }}' then 1 else rates.rate end as monthly_amount
    from subscription_days
    left join items
        on
            subscription_days.subscription_id = items.subscription_id
            and {{ local_day('items.valid_from') }} <= subscription_days.activity_date
            and (items.valid_to is null or {{ local_day('items.valid_to') }} > subscription_days.activity_date)
    left join rates
        on
            items.currency = rates.currency
            and cast(date_trunc('month', subscription_days.activity_date) as date) = rates.rate_month
),

summed as (
    select
        account_id,
        activity_date,
        max_by(plan_id, coalesce(quantity, 0)) as plan_id,
        sum(quantity) as seat_count,
        sum(case when is_trial then 0 else monthly_amount end) as mrr,
        bool_and(is_trial) as is_trial,
        bool_and(coalesce(is_cancelling, false)) as is_cancelling,
        min(renewal_date) filter (where renewal_date > activity_date) as renewal_date
    from item_days
    group by account_id, activity_date
)

-- A price that is not known stays unknown: only a day without any subscription is worth zero.
select
    account_days.account_id,
    account_days.activity_date,
    summed.plan_id,
    cast(account_days.tenure_days as integer) as tenure_days,
    cast(summed.seat_count as bigint) as seat_count,
    cast(case when summed.account_id is null then 0 else summed.mrr end as decimal(18, 2)) as mrr,
    summed.account_id is not null as is_customer,
    coalesce(summed.is_trial, false) as is_trial,
    coalesce(summed.is_cancelling, false) as is_cancelling,
    account_days.first_date,
    summed.renewal_date
from account_days
left join summed using (account_id, activity_date)
