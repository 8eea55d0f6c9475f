select
    properties_email as email,
    properties_createdate as createdate,
    properties_associatedcompanyid as associatedcompanyid,
    properties_jobtitle as jobtitle,
    is_deleted,
    landed_file,
    landed_line
from contacts
