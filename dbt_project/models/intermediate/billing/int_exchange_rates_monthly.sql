with

rates as (select * from {{ ref('stg_billing__fx_rates') }}),

-- metrics.md 2.0.12: money is converted with the last rate of its month.
month_ends as (
    select
        from_currency as currency,
        date_trunc('month', rate_date) as rate_month,
        max_by(rate, rate_date) as rate
    from rates
    where
        to_currency = '{{ var("reporting_currency") }}'
        and rate_date <= (select as_of_date from {{ ref('stg_run__parameters') }})
    group by from_currency, date_trunc('month', rate_date)
)

select
    currency,
    cast(rate_month as date) as rate_month,
    rate
from month_ends
