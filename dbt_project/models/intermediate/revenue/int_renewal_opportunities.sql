{{ config(materialized='ephemeral') }}

with

opportunities as (select * from {{ with_known_names('stg_crm__opportunities') }}),

rates as (select * from {{ ref('int_exchange_rates_dated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

latest as (
    select * from opportunities
    where
        rejection_reason is null
        and {{ happened_by_as_of('created_at') }}
    qualify {{ is_latest(['opportunity_id'], [happened_by_as_of('updated_at'), 'updated_at']) }}
),

-- What was closed after the last complete day was open on it.
standing as (
    select
        latest.opportunity_id,
        latest.account_id,
        case
            when {{ local_day('latest.closed_at') }} > parameters.as_of_date then 'open'
            else latest.status
        end as outcome,
        coalesce(latest.currency, '{{ var("reporting_currency") }}') as currency,
        latest.amount,
        latest.forecast_amount,
        latest.target_amount,
        latest.close_date,
        least(coalesce({{ local_day('latest.closed_at') }}, latest.close_date), parameters.as_of_date) as rate_date
    from latest
    cross join parameters
    where latest.opportunity_type = 'renewal' and latest.close_date is not null
),

converted as (
    select
        standing.*,
        case when standing.currency = '{{ var("reporting_currency") }}' then 1.0 else rates.rate end as rate
    from standing
    left join rates
        on
            standing.currency = rates.currency
            and standing.rate_date >= rates.first_date
            and standing.rate_date < rates.end_date
),

-- A lost one brings nothing; an open one what its owner expects, and what was asked for where nobody says.
worth as (
    select
        opportunity_id,
        account_id,
        outcome,
        close_date,
        cast(target_amount * rate as decimal(18, 2)) as target,
        cast(case
            when outcome = 'won' then amount
            when outcome = 'open' then coalesce(forecast_amount, amount)
            when outcome = 'lost' then 0
        end * rate as decimal(18, 2)) as amount
    from converted
)

-- One without a target, an outcome, an amount or a rate is in no sum, and counted.
select
    *,
    target is not null and amount is not null as is_told
from worth
