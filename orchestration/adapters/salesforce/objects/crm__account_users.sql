select
    account_id,
    lower(email) as user_id,
    as_time(created_date) as valid_from,
    is_deleted,
    landed_file,
    landed_line
from each_contact
where email is not null and account_id is not null
