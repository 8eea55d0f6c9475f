select
    as_key("Record ID") as contact_id,
    Email as email,
    "Create Date" as createdate,
    "Last Modified Date" as lastmodifieddate,
    only_or_primary("Associated Company IDs", "Associated Company IDs (Primary)") as associatedcompanyid,
    "Job Title" as jobtitle,
    "Buying Role" as hs_buying_role,
    left_at,
    "Merged object IDs" as merged_ids,
    is_deleted,
    landed_file,
    landed_line
from contacts
