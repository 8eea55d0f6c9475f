with

transactions as (select * from {{ with_known_accounts('stg_billing__transactions') }}),

minor_digits as (select * from {{ ref('currency_minor_digits') }}),

latest as (
    select
        transaction_id,
        account_id,
        lower(status) as status,
        currency,
        margin_minor,
        amount_minor,
        ordered_at
    from transactions
    where
        rejection_reason is null
        and {{ happened_by_as_of('ordered_at') }}
    qualify {{ is_latest(['transaction_id'], []) }}
)

select
    latest.transaction_id,
    latest.account_id,
    {{ local_day('latest.ordered_at') }} as ordered_date,
    latest.status,
    latest.currency,
    cast(latest.amount_minor / power(10, coalesce(minor_digits.minor_digits, 2)) as decimal(18, 6)) as amount,
    cast(latest.margin_minor / power(10, coalesce(minor_digits.minor_digits, 2)) as decimal(18, 6)) as margin,
    latest.ordered_at
from latest
left join minor_digits using (currency)
