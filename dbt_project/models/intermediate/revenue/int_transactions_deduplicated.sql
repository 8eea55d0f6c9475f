with

transactions as (select * from {{ with_known_names('stg_billing__transactions') }}),

memberships as (select * from {{ ref('int_users_matched_to_accounts') }}),

unknown_words as (select * from {{ ref('stg_run__unknown_words') }}),

minor_digits as (select * from {{ ref('currency_minor_digits') }}),

latest as (
    select
        transaction_id,
        account_id,
        user_id,
        status,
        currency,
        margin_minor,
        amount_minor,
        ordered_at,
        landed_file,
        landed_line
    from transactions
    where
        rejection_reason is null
        and {{ happened_by_as_of('ordered_at') }}
    qualify {{ is_latest(['transaction_id'], []) }}
),

unknown_statuses as (
    select count(*) as word_count
    from unknown_words
    where system = 'billing' and table_name = 'transactions' and column_name = 'status'
),

-- Where no order tells how it ended, all of them are taken for orders that went through; where some do, one that does
-- not is not known to have.
told as (
    select count(latest.status) + (select unknown_statuses.word_count from unknown_statuses) > 0 as is_status_told
    from latest
)

select
    latest.transaction_id,
    {{ found_account('latest') }} as account_id,
    {{ account_found_by('latest') }} as account_found_by,
    {{ local_day('latest.ordered_at') }} as ordered_date,
    case when told.is_status_told then latest.status else 'paid' end as status,
    latest.status as told_status,
    latest.currency,
    {{ held_amount('latest.amount_minor / power(10, coalesce(minor_digits.minor_digits, 2))') }} as amount,
    {{ held_amount('latest.margin_minor / power(10, coalesce(minor_digits.minor_digits, 2))') }} as margin,
    latest.ordered_at,
    latest.landed_file,
    latest.landed_line
from latest
cross join told
left join minor_digits using (currency)
{{ joined_to_memberships('latest', 'user_id', 'ordered_at') }}
