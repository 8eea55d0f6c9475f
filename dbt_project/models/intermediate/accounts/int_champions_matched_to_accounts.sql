with

memberships as (select * from {{ ref('int_memberships_deduplicated') }})

-- A champion is an admin or owner of the account, by membership and not by job title.
select distinct
    account_id,
    user_id,
    {{ local_day('valid_from') }} as first_date,
    {{ local_day('valid_to') }} as last_date
from memberships
where role in ('admin', 'owner')
