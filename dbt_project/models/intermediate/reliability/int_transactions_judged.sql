with

transactions as (select * from {{ ref('int_transactions_deduplicated') }}),

outcomes as (select * from {{ ref('transaction_outcomes') }})

-- By what the billing system said: a state that the seed does not know, or none, is no attempt of which the end is
-- known.
select
    transactions.transaction_id,
    transactions.account_id,
    transactions.ordered_date as activity_date,
    coalesce(outcomes.is_attempt, false) as is_attempt,
    coalesce(outcomes.is_failure, false) as is_failure
from transactions
left join outcomes on transactions.told_status = outcomes.status
