select
    as_key(id) as contact_id,
    properties_email as email,
    coalesce(properties_createdate, createdAt) as createdate,
    coalesce(properties_lastmodifieddate, updatedAt) as lastmodifieddate,
    properties_associatedcompanyid as associatedcompanyid,
    properties_jobtitle as jobtitle,
    properties_hs_buying_role as hs_buying_role,
    properties_left_at as left_at,
    concat_ws(';', properties_hs_merged_object_ids, properties_hs_calculated_merged_vids) as merged_ids,
    is_deleted,
    landed_file,
    landed_line
from contacts
