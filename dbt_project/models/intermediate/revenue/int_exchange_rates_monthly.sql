with

rates as (select * from {{ ref('int_exchange_rates_dated') }}),

months as (select * from {{ ref('int_months_closed') }})

-- Money of a month is converted with the rate of its end, the newest that is known on that day.
select
    rates.currency,
    months.month_start as rate_month,
    rates.rate
from rates
inner join months
    on
        rates.first_date <= months.month_end
        and rates.end_date > months.month_end
where rates.rate > 0
