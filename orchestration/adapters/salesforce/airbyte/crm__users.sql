select
    lower(Email) as user_id,
    Email as email,
    Title as role,
    as_time(CreatedDate) as created_at,
    is_deleted,
    landed_file,
    landed_line
from Contact
where Email is not null
