select
    distinct_id as user_id,
    inside(properties, '$.email') as email,
    inside(properties, '$.role') as role,
    as_time(created_at) as created_at,
    is_deleted,
    landed_file,
    landed_line
from persons
