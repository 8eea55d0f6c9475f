with

accounts as (
    select distinct account_id from {{ ref('stg_crm__accounts') }}
    where account_id is not null
),

merged as (select * from {{ ref('int_merged_accounts') }}),

-- Capitals may be all that tells two accounts apart, so an account is recognised without them only where it is alone.
alone as (
    select
        lower(account_id) as folded_account_id,
        min(account_id) as account_id
    from accounts
    group by lower(account_id)
    having count(*) = 1
)

select
    coalesce(merged.folded_account_id, alone.folded_account_id) as folded_account_id,
    coalesce(merged.recognised_account_id, alone.account_id) as recognised_account_id
from alone
full outer join merged on alone.folded_account_id = merged.folded_account_id
