-- People of whom it is told what they are for the contract; all others are addresses. Of whom it was told and is told no
-- longer, and who has no account any more, is taken back.
select
    id as contact_id,
    coalesce(account_id, max(account_id) over every_version) as account_id,
    lower(email) as user_id,
    contact_role_of(role) as role,
    as_time(created_date) as created_at,
    as_time(left_at) as left_at,
    as_time(changed_at_said) as updated_at,
    is_deleted or account_id is null or contact_role_of(role) is null as is_deleted,
    landed_file,
    landed_line
from each_version
window every_version as (partition by id)
qualify bool_or(account_id is not null and (contact_role_of(role) is not null or is_deleted)) over every_version
