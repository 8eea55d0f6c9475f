select
    lower(properties_email) as user_id,
    properties_email as email,
    properties_jobtitle as role,
    as_time(properties_createdate) as created_at,
    is_deleted,
    landed_file,
    landed_line
from contacts
where properties_email is not null
