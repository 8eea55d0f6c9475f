-- Airbyte writes each property as a column, HubSpot itself all of them as one object.
with

told_by_hubspot as (
    select
        id,
        createdAt,
        updatedAt,
        inside(properties, '$.email') as properties_email,
        coalesce(inside(properties, '$.createdate'), no_json(properties)) as properties_createdate,
        inside(properties, '$.lastmodifieddate') as properties_lastmodifieddate,
        inside(properties, '$.associatedcompanyid') as properties_associatedcompanyid,
        inside(properties, '$.jobtitle') as properties_jobtitle,
        inside(properties, '$.hs_buying_role') as properties_hs_buying_role,
        inside(properties, '$.left_at') as properties_left_at,
        inside(properties, '$.hs_merged_object_ids') as properties_hs_merged_object_ids,
        inside(properties, '$.hs_calculated_merged_vids') as properties_hs_calculated_merged_vids,
        is_deleted,
        landed_file,
        landed_line
    from api_contacts
),

every_contact as (
    select * from contacts
    union all by name
    select * from told_by_hubspot
)

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
from every_contact
