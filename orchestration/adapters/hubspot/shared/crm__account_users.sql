select
    as_key(associatedcompanyid) as account_id,
    lower(email) as user_id,
    as_time(createdate) as valid_from,
    is_deleted,
    landed_file,
    landed_line
from each_contact
where email is not null and associatedcompanyid is not null
