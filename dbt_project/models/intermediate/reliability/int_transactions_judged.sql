with

transactions as (select * from {{ with_known_names('stg_billing__transactions') }}),

outcomes as (select * from {{ ref('transaction_outcomes') }}),

latest as (
    select *
    from transactions
    where
        rejection_reason is null
        and {{ happened_by_as_of('ordered_at') }}
    qualify {{ is_latest(['transaction_id'], []) }}
)

-- A state that the seed does not know is no attempt of which the end is known.
select
    latest.transaction_id,
    latest.account_id,
    latest.status,
    {{ local_day('latest.ordered_at') }} as activity_date,
    coalesce(outcomes.is_attempt, false) as is_attempt,
    coalesce(outcomes.is_failure, false) as is_failure,
    latest.ordered_at
from latest
left join outcomes using (status)
