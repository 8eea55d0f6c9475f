select
    as_key(properties_associatedcompanyid) as account_id,
    lower(properties_email) as user_id,
    as_time(properties_createdate) as valid_from,
    is_deleted,
    landed_file,
    landed_line
from contacts
where properties_email is not null and properties_associatedcompanyid is not null
