-- People of whom it is told what they are for the contract; all others are addresses.
select
    id as contact_id,
    account_id,
    lower(email) as user_id,
    contact_role_of(role) as role,
    as_time(created_date) as created_at,
    as_time(left_at) as left_at,
    as_time(changed_at) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from each_contact
where account_id is not null and (contact_role_of(role) is not null or is_deleted)
