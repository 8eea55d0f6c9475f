with

subscriptions as (select * from {{ ref('int_paid_subscriptions_dated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- A contract from month to month has no renewal to speak of: its renewal rate would be its retention. What cannot
-- renew has none at all.
contracts as (
    select
        subscriptions.*,
        parameters.as_of_date
    from subscriptions
    cross join parameters
    where subscriptions.term_months > 1 and subscriptions.renews
),

-- A term has two months at least, so a year has six at most.
numbers as (
    select number
    from
        {{ number_series('0', "(
            select coalesce(max(extract(year from as_of_date) - extract(year from first_date)), 0) * 6 + 6
            from contracts
        )") }}
),

begun as (
    select
        contracts.subscription_id,
        contracts.account_id,
        contracts.term_months,
        contracts.end_date,
        numbers.number + 1 as term_number,
        {{ months_later('contracts.first_date', 'numbers.number * contracts.term_months') }} as term_start,
        {{ months_later('contracts.first_date', '(numbers.number + 1) * contracts.term_months') }} as scheduled_end,
        contracts.as_of_date
    from contracts
    cross join numbers
)

-- Terms are counted on from the start: the renewal date of an export is only the next one.
-- A term begins where the one before has been served in full.
select
    subscription_id,
    account_id,
    term_number,
    term_months,
    term_start,
    scheduled_end,
    end_date
from begun
where
    term_start < end_date
    and term_start <= as_of_date
