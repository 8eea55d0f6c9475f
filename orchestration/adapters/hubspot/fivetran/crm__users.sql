select
    lower(property_email) as user_id,
    property_email as email,
    property_jobtitle as role,
    as_time(property_createdate) as created_at,
    is_deleted,
    landed_file,
    landed_line
from contact
where property_email is not null
