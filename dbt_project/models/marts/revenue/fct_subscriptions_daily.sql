{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

account_days as (select * from {{ ref('int_account_days_spined') }} where {{ in_rebuild_window('activity_date') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

states as (select * from {{ ref('int_subscriptions_deduplicated') }}),

terms as (select * from {{ ref('int_contract_terms_scheduled') }}),

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

rates as (select * from {{ ref('int_exchange_rates_dated') }}),

served as (
    select
        account_days.account_id,
        account_days.activity_date,
        bool_and(subscriptions.trial_end_date > account_days.activity_date) as is_trial,
        bool_and(subscriptions.cancel_requested_date <= account_days.activity_date) as is_cancelling,
        min({{ next_renewal('subscriptions', 'account_days.activity_date') }}) as renewal_date,
        min(
            {{ next_renewal('subscriptions', 'account_days.activity_date') }}
            - coalesce(subscriptions.notice_days, {{ var('contract_notice_days') }})
        ) as opt_out_date
    from account_days
    inner join subscriptions
        on
            account_days.account_id = subscriptions.account_id
            and account_days.activity_date >= subscriptions.first_date
            and account_days.activity_date < subscriptions.end_date
    {{ joined_to_running_term('subscriptions', 'account_days.activity_date') }}
    group by account_days.account_id, account_days.activity_date
),

-- Whether a subscription of an unknown status served on a day nobody can tell.
undecided as (
    select distinct
        account_days.account_id,
        account_days.activity_date
    from account_days
    inner join states
        on
            account_days.account_id = states.account_id
            and account_days.activity_date >= {{ local_day('states.started_at') }}
            and account_days.activity_date < coalesce({{ local_day('states.ended_at') }}, date '9999-12-31')
    where states.status is null
),

charge_days as (
    select
        account_days.account_id,
        account_days.activity_date,
        charges.plan_id,
        charges.quantity,
        {{ worth_of_charge('charges', 'account_days.activity_date') }} as monthly_amount
    from account_days
    inner join charges
        on
            account_days.account_id = charges.account_id
            and account_days.activity_date >= charges.first_date
            and account_days.activity_date < charges.end_date
    left join rates
        on
            charges.currency = rates.currency
            and account_days.activity_date >= rates.first_date
            and account_days.activity_date < rates.end_date
),

-- One charge without a known price makes the sum unknown. The plan is that of most seats.
summed as (
    select
        account_id,
        activity_date,
        max_by(plan_id, lpad(cast(coalesce(quantity, 0) as string), 20, '0') || plan_id) as plan_id,
        case when count(quantity) = count(*) then sum(quantity) end as seat_count,
        case when count(monthly_amount) = count(*) then sum(cast(monthly_amount as decimal(18, 6))) end as mrr
    from charge_days
    group by account_id, activity_date
)

-- Only a day without any subscription is worth zero; where all that serves is of an unknown status nobody knows.
select
    account_days.account_id,
    account_days.activity_date,
    summed.plan_id,
    cast(account_days.tenure_days as integer) as tenure_days,
    cast(summed.seat_count as bigint) as seat_count,
    cast(
        case when coalesce(served.account_id, undecided.account_id) is null then 0 else summed.mrr end
        as decimal(18, 2)
    ) as mrr,
    served.account_id is not null as is_customer,
    coalesce(served.is_trial, false) as is_trial,
    coalesce(served.is_cancelling, false) as is_cancelling,
    account_days.first_date,
    served.renewal_date,
    served.opt_out_date
from account_days
left join served using (account_id, activity_date)
left join undecided using (account_id, activity_date)
left join summed using (account_id, activity_date)
