{{ config(materialized='ephemeral') }}

with

terms as (select * from {{ ref('int_contract_terms_scheduled') }}),

renewals as (select * from {{ ref('int_contract_renewals_matched') }}),

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

rates as (select * from {{ ref('int_exchange_rates_monthly') }}),

-- What expires is worth what was paid on its last day; what renews it, what is paid when the grace is over.
points as (
    select
        terms.subscription_id,
        terms.term_number,
        terms.scheduled_end,
        cast(null as string) as renewed_by,
        terms.subscription_id as charged_subscription_id,
        least(terms.scheduled_end, terms.end_date) - 1 as valued_on
    from terms
    where terms.scheduled_end <= (select parameters.as_of_date from {{ ref('stg_run__parameters') }} as parameters)

    union all

    select
        subscription_id,
        term_number,
        scheduled_end,
        renewed_by,
        renewed_by as charged_subscription_id,
        decided_on as valued_on
    from renewals
),

-- Both at the rate of the month of the scheduled end, so that a currency that moves is no uplift.
charged as (
    select
        points.subscription_id,
        points.term_number,
        points.scheduled_end,
        points.renewed_by,
        {{ worth_of_charge('charges', 'points.valued_on', is_optional=true) }} as monthly_amount
    from points
    left join charges
        on
            points.charged_subscription_id = charges.subscription_id
            and points.valued_on >= charges.first_date
            and points.valued_on < charges.end_date
    left join rates
        on
            charges.currency = rates.currency
            and cast(date_trunc('month', points.scheduled_end) as date) = rates.rate_month
),

summed as (
    select
        subscription_id,
        term_number,
        scheduled_end,
        renewed_by,
        case when count(monthly_amount) = count(*) then sum(cast(monthly_amount as decimal(18, 6))) end as mrr
    from charged
    group by subscription_id, term_number, scheduled_end, renewed_by
),

-- One contract that takes the place of several is shared out among them, by what they were worth.
shared as (
    select
        after_renewal.subscription_id,
        after_renewal.term_number,
        cast(after_renewal.mrr * before_renewal.mrr as double) / nullif(sum(before_renewal.mrr) over (
            partition by after_renewal.renewed_by, after_renewal.scheduled_end
        ), 0) as mrr
    from summed as after_renewal
    inner join summed as before_renewal
        on
            after_renewal.subscription_id = before_renewal.subscription_id
            and after_renewal.term_number = before_renewal.term_number
    where after_renewal.renewed_by is not null and before_renewal.renewed_by is null
),

renewed as (
    select
        subscription_id,
        term_number,
        case when count(mrr) = count(*) then sum(cast(mrr as decimal(18, 6))) end as mrr
    from shared
    group by subscription_id, term_number
)

select
    summed.subscription_id,
    summed.term_number,
    summed.mrr as expiring_mrr,
    renewed.mrr as renewed_mrr
from summed
left join renewed using (subscription_id, term_number)
where summed.renewed_by is null
