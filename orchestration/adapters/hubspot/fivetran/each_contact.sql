select
    property_email as email,
    property_createdate as createdate,
    property_associatedcompanyid as associatedcompanyid,
    property_jobtitle as jobtitle,
    is_deleted,
    landed_file,
    landed_line
from contact
