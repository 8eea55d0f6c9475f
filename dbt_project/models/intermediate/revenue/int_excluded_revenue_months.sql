with

items as (select * from {{ ref('int_subscription_items_taken_at_month_ends') }}),

months as (select * from {{ ref('int_months_closed') }}),

rates as (select * from {{ ref('int_exchange_rates_monthly') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

judged as (
    select
        items.account_id,
        items.month_end,
        case
            when items.monthly_amount is null then 'no_price'
            when accounts.account_id is null then 'no_account'
            when items.currency is null then 'no_currency'
            else 'no_rate'
        end as reason,
        coalesce(items.currency, 'unknown') as currency,
        items.monthly_amount
    from items
    inner join months using (month_end)
    left join accounts using (account_id)
    left join rates
        on
            items.currency = rates.currency
            and months.month_start = rates.rate_month
    where
        items.monthly_amount is null
        or (items.monthly_amount > 0 and accounts.account_id is null)
        or (
            items.monthly_amount > 0
            and rates.rate is null
            and coalesce(items.currency, 'unknown') != '{{ var("reporting_currency") }}'
        )
)

-- Named in its own currency and added to nothing.
select
    month_end,
    currency,
    reason,
    count(distinct account_id) as account_count,
    count(*) as item_count,
    cast(sum(monthly_amount) as decimal(18, 2)) as monthly_amount
from judged
group by month_end, currency, reason
