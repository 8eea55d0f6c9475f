with

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

terms as (select * from {{ ref('int_contract_terms_scheduled') }}),

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

rates as (select * from {{ ref('int_exchange_rates_dated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

contracts as (
    select
        subscriptions.subscription_id,
        subscriptions.account_id,
        subscriptions.notice_days,
        {{ next_renewal('subscriptions', 'parameters.as_of_date') }} as renewal_date,
        parameters.as_of_date
    from subscriptions
    inner join parameters
        on
            subscriptions.first_date <= parameters.as_of_date
            and subscriptions.end_date > parameters.as_of_date
    {{ joined_to_running_term('subscriptions', 'parameters.as_of_date') }}
),

charged as (
    select
        contracts.subscription_id,
        {{ worth_of_charge('charges', 'contracts.as_of_date') }} as monthly_amount
    from contracts
    inner join charges
        on
            contracts.subscription_id = charges.subscription_id
            and contracts.as_of_date >= charges.first_date
            and contracts.as_of_date < charges.end_date
    left join rates
        on
            charges.currency = rates.currency
            and contracts.as_of_date >= rates.first_date
            and contracts.as_of_date < rates.end_date
),

summed as (
    select
        subscription_id,
        case when count(monthly_amount) = count(*) then sum(cast(monthly_amount as decimal(18, 6))) end as mrr
    from charged
    group by subscription_id
)

-- What is renewed is the contract: an account may pay for others too.
select
    contracts.subscription_id,
    contracts.account_id,
    cast(summed.mrr as decimal(18, 2)) as mrr,
    cast(contracts.notice_days as integer) as notice_days,
    contracts.renewal_date <= contracts.as_of_date + {{ var('renewal_notice_days') }} as is_due_soon,
    contracts.renewal_date,
    contracts.renewal_date - contracts.notice_days as opt_out_deadline,
    contracts.as_of_date
from contracts
left join summed using (subscription_id)
where contracts.renewal_date is not null
