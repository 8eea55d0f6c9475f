with

accounts as (
    select distinct account_id from {{ ref('stg_crm__accounts') }}
    where account_id is not null
)

-- Capitals may be all that tells two accounts apart, so an account is recognised without them only where it is alone.
select
    lower(account_id) as folded_account_id,
    min(account_id) as recognised_account_id
from accounts
group by lower(account_id)
having count(*) = 1
