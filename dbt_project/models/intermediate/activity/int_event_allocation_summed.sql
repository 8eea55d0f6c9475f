with

events as (select * from {{ ref('int_events_identified') }})

select
    case
        when is_bot then 'sent by a bot, not counted'
        when is_internal then 'from our own people or a test account, not counted'
        when account_basis = 'ambiguous' then 'of a person in several accounts, given to none'
        when account_basis = 'unknown' then 'of nobody known, given to no account'
        when account_basis = 'membership' then 'given to an account by membership'
        else 'given to the account that the event names'
    end as finding,
    count(*) as row_count
from events
group by all
