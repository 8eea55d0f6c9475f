-- One call for each joining of a group; who has left says so in a trait.
select
    'grp_' || _line as id,
    user_id,
    account_id as group_id,
    role,
    seat_type,
    valid_to,
    valid_from as timestamp,
    valid_from as received_at
from raw.crm_account_users
where valid_to is null or valid_to >= valid_from
order by _line
