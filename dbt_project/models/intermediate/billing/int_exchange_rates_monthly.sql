with

rates as (select * from {{ ref('stg_billing__fx_rates') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

latest_rates as (
    select
        from_currency as currency,
        rate_date,
        rate
    from rates
    where
        to_currency = '{{ var("reporting_currency") }}'
        and rejection_reason is null
    qualify {{ is_latest(['from_currency', 'to_currency', 'rate_date'], []) }}
)

-- metrics.md 2.0.12: money is converted with the last rate of its month.
select
    latest_rates.currency,
    cast(date_trunc('month', latest_rates.rate_date) as date) as rate_month,
    max_by(latest_rates.rate, latest_rates.rate_date) as rate
from latest_rates
cross join parameters
where latest_rates.rate_date <= parameters.as_of_date
group by latest_rates.currency, cast(date_trunc('month', latest_rates.rate_date) as date)
