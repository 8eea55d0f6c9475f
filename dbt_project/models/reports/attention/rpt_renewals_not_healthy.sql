with

contracts as (select * from {{ ref('fct_contracts_due') }}),

accounts as (select * from {{ ref('rpt_accounts') }})

-- Contracts that are due soon and whose account has a score and is not healthy, the next one first.
select
    contracts.subscription_id,
    accounts.account_id,
    accounts.account_name,
    accounts.plan,
    accounts.csm_id,
    accounts.band,
    accounts.score_status,
    accounts.main_reason,
    accounts.health_score,
    accounts.health_score_change,
    contracts.mrr,
    cast({{ days_between('contracts.as_of_date', 'contracts.renewal_date') }} as integer) as days_to_renewal,
    row_number() over (
        order by
            contracts.renewal_date asc nulls last,
            contracts.mrr desc nulls last,
            accounts.account_id asc,
            contracts.subscription_id asc nulls last
    ) as renewal_rank,
    contracts.renewal_date,
    contracts.as_of_date
from contracts
inner join accounts using (account_id)
where
    contracts.is_due_soon
    and accounts.band != 'healthy'
