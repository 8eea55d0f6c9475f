select
    as_key(property_associatedcompanyid) as account_id,
    lower(property_email) as user_id,
    as_time(property_createdate) as valid_from,
    is_deleted,
    landed_file,
    landed_line
from contact
where property_email is not null and property_associatedcompanyid is not null
