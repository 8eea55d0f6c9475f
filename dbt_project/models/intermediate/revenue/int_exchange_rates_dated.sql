with

rates as (select * from {{ ref('stg_billing__fx_rates') }}),

latest_rates as (
    select
        from_currency as currency,
        rate_date,
        rate
    from rates
    where
        to_currency = '{{ var("reporting_currency") }}'
        and rejection_reason is null
    qualify {{ is_latest(['from_currency', 'rate_date'], []) }}
)

-- A rate holds until the next one of its currency: on a day nobody knows the rates that are to come.
select
    currency,
    rate_date as first_date,
    coalesce(lead(rate_date) over (partition by currency order by rate_date), date '9999-12-31') as end_date,
    rate
from latest_rates
