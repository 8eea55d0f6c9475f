select
    email,
    createdate,
    associatedcompanyid,
    jobtitle,
    is_deleted,
    landed_file,
    landed_line
from contacts
