with

-- dlt keeps with a company which contacts it has; it asks for associatedcompanyid only where somebody names it.
company_of as (
    select
        as_key(contacts_id) as contact_id,
        case when count(distinct as_key(value)) = 1 then min(as_key(value)) end as company_id
    from companies__contacts
    where not exists (select 1 from former_company where former_company._dlt_id = companies__contacts._dlt_parent_id)
    group by all
),

-- dlt makes a table of the list of contacts that were merged into one.
merged as (
    select _dlt_parent_id, string_agg(value, ';') as merged_ids
    from contacts__hs_merged_object_ids
    group by _dlt_parent_id
)

select
    as_key(contacts.id) as contact_id,
    contacts.email,
    contacts.createdate,
    contacts.lastmodifieddate,
    coalesce(contacts.associatedcompanyid, company_of.company_id) as associatedcompanyid,
    contacts.jobtitle,
    contacts.hs_buying_role,
    contacts.left_at,
    coalesce(contacts.hs_merged_object_ids, merged.merged_ids) as merged_ids,
    contacts.is_deleted,
    contacts.landed_file,
    contacts.landed_line
from contacts
left join company_of on company_of.contact_id = as_key(contacts.id)
left join merged on merged._dlt_parent_id = contacts._dlt_id
