with

transactions as (select * from {{ ref('int_transactions_deduplicated') }} where status = 'paid'),

payments as (select * from {{ ref('int_payments_deduplicated') }} where status = 'paid'),

subscribed as (select distinct account_id from {{ ref('int_subscriptions_dated') }}),

accounts as (select * from {{ ref('dim_accounts') }} where not is_internal),

minor_digits as (select * from {{ ref('currency_minor_digits') }}),

rates as (select * from {{ ref('int_exchange_rates_dated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

ordering as (select distinct account_id from transactions),

-- Orders where there are any, else what was paid.
ordered as (
    select
        account_id,
        ordered_date as order_date,
        currency,
        amount,
        margin
    from transactions
    union all
    select
        payments.account_id,
        {{ local_day('payments.attempted_at') }} as order_date,
        payments.currency,
        {{ held_amount('payments.amount_minor / power(10, coalesce(minor_digits.minor_digits, 2))') }} as amount,
        cast(null as decimal(18, 6)) as margin
    from payments
    left join minor_digits using (currency)
    left join ordering using (account_id)
    where ordering.account_id is null
),

-- Whoever ever had a subscription is valued by it.
without_terms as (
    select
        ordered.account_id,
        ordered.order_date,
        ordered.amount * case when ordered.currency = '{{ var("reporting_currency") }}' then 1 else rates.rate end
            as amount,
        ordered.margin * case when ordered.currency = '{{ var("reporting_currency") }}' then 1 else rates.rate end
            as margin
    from ordered
    inner join accounts using (account_id)
    left join rates
        on
            ordered.currency = rates.currency
            and ordered.order_date >= rates.first_date
            and ordered.order_date < rates.end_date
    left join subscribed using (account_id)
    where subscribed.account_id is null
),

-- Two orders of a day are one. One amount that is not known makes the day unknown.
days as (
    select
        account_id,
        order_date,
        row_number() over (partition by account_id order by order_date) as order_number,
        case when count(amount) = count(*) then sum(amount) end as amount,
        case when count(margin) = count(*) then sum(margin) end as margin
    from without_terms
    group by account_id, order_date
),

-- The margin counts where every order tells it: one that is not told would otherwise count as more than it is.
basis as (select count(margin) = count(*) as is_margin from days)

select
    days.account_id,
    cast(count(*) - 1 as bigint) as repeat_count,
    {{ days_between('min(days.order_date)', 'max(days.order_date)') }} / 7.0 as last_order_weeks,
    {{ days_between('min(days.order_date)', 'max(parameters.as_of_date)') }} / 7.0 as watched_weeks,
    cast(avg(
        case when days.order_number > 1 then case when basis.is_margin then days.margin else days.amount end end
    ) as double) as mean_repeat_value,
    bool_and(coalesce(days.amount is not null or basis.is_margin, false)) as is_value_known,
    bool_and(basis.is_margin) as is_margin
from days
cross join basis
cross join parameters
group by days.account_id
