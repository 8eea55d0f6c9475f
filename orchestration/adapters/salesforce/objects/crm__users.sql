select
    lower(email) as user_id,
    email,
    title as role,
    as_time(created_date) as created_at,
    is_deleted,
    landed_file,
    landed_line
from each_contact
where email is not null
