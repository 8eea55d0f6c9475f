select
    as_key(id) as contact_id,
    property_email as email,
    property_createdate as createdate,
    coalesce(property_lastmodifieddate, property_hs_lastmodifieddate) as lastmodifieddate,
    property_associatedcompanyid as associatedcompanyid,
    property_jobtitle as jobtitle,
    property_hs_buying_role as hs_buying_role,
    property_left_at as left_at,
    concat_ws(';', property_hs_merged_object_ids, property_hs_calculated_merged_vids) as merged_ids,
    is_deleted,
    landed_file,
    landed_line
from contact
