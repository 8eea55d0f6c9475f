with

memberships as (select * from {{ with_known_names('stg_crm__account_users') }})

select
    account_id,
    user_id,
    role,
    seat_type,
    valid_from,
    valid_to
from memberships
where
    rejection_reason is null
    and {{ happened_by_as_of('valid_from') }}
qualify {{ is_latest(['account_id', 'user_id', 'valid_from'], []) }}
