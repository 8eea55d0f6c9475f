with

items as (select * from {{ ref('int_subscription_items_taken_at_month_ends') }}),

months as (select * from {{ ref('int_months_closed') }}),

rates as (select * from {{ ref('int_exchange_rates_monthly') }}),

-- Each amount with the rate of its own month, of the next one, and of the one a year later: what changes between
-- two months at one rate is movement, and what changes by the rate alone is not.
converted as (
    select
        items.account_id,
        items.month_end,
        rate_months.month_end as rate_month_end,
        items.monthly_amount,
        case
            when items.monthly_amount = 0 or items.currency = '{{ var("reporting_currency") }}'
                then items.monthly_amount
            else {{ held_amount('items.monthly_amount * rates.rate') }}
        end as amount,
        items.is_comped
    from items
    inner join months as rate_months
        on rate_months.month_number in (items.month_number, items.month_number + 1, items.month_number + 12)
    left join rates
        on
            items.currency = rates.currency
            and rate_months.month_start = rates.rate_month
)

-- One item without a known price or rate makes the sum unknown.
select
    account_id,
    month_end,
    rate_month_end,
    case
        when count(monthly_amount) < count(*) then 'no_price'
        when count(amount) < count(*) then 'no_rate'
        else 'ok'
    end as status,
    cast(case when count(amount) = count(*) then sum(amount) end as decimal(18, 2)) as amount,
    bool_or(is_comped) as is_comped
from converted
group by account_id, month_end, rate_month_end
