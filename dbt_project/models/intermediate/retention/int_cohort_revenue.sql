{{ config(materialized='ephemeral') }}

with

cells as (select * from {{ ref('int_cohort_cells') }}),

members as (select * from {{ ref('int_cohort_members') }}),

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

rates as (select * from {{ ref('int_exchange_rates_monthly') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The value on the day some months after the first paid day is known on that day.
dated as (
    select
        cells.cohort_start,
        cells.interval_number,
        cells.cohort_size,
        {{ months_later('cells.cohort_end', 'cells.interval_number') }} as matures_on,
        {{ months_later('cells.cohort_end', 'cells.interval_number') }} <= parameters.as_of_date as is_mature
    from cells
    cross join parameters
    where cells.entity = 'account' and cells.kind = 'bounded'
),

-- At the rate of the month in which the customer began, all along.
valued as (
    select
        dated.cohort_start,
        dated.interval_number,
        members.entity_id as account_id,
        {{ worth_of_charge(
            'charges', months_later('members.first_date', 'dated.interval_number'), is_optional=true
        ) }} as monthly_amount
    from dated
    inner join members
        on
            dated.cohort_start = members.cohort_start
            and members.entity = 'account'
    left join charges
        on
            members.entity_id = charges.account_id
            and {{ months_later('members.first_date', 'dated.interval_number') }} >= charges.first_date
            and {{ months_later('members.first_date', 'dated.interval_number') }} < charges.end_date
    left join rates
        on
            charges.currency = rates.currency
            and members.cohort_start = rates.rate_month
    where dated.is_mature
),

by_account as (
    select
        cohort_start,
        interval_number,
        account_id,
        case when count(monthly_amount) = count(*) then sum(cast(monthly_amount as decimal(18, 6))) end as mrr
    from valued
    group by cohort_start, interval_number, account_id
),

compared as (
    select
        by_account.cohort_start,
        by_account.interval_number,
        sum(by_account.mrr) as mrr,
        sum(beginnings.mrr) as starting_mrr,
        count(*) as priced_count
    from by_account
    inner join by_account as beginnings
        on
            by_account.account_id = beginnings.account_id
            and beginnings.interval_number = 0
    where by_account.mrr is not null and beginnings.mrr is not null
    group by by_account.cohort_start, by_account.interval_number
)

select
    dated.cohort_start,
    dated.interval_number,
    dated.cohort_size,
    compared.priced_count,
    cast(compared.starting_mrr as decimal(18, 2)) as starting_mrr,
    cast(compared.mrr as decimal(18, 2)) as mrr,
    cast(compared.mrr as double) / nullif(cast(compared.starting_mrr as double), 0) as mrr_retention_rate,
    dated.is_mature,
    dated.matures_on
from dated
left join compared using (cohort_start, interval_number)
