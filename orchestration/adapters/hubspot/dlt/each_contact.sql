with

-- dlt keeps with a company which contacts it has; it asks for associatedcompanyid only where somebody names it.
companies as (
    select
        as_key(contacts_id) as contact_id,
        case when count(distinct as_key(value)) = 1 then min(as_key(value)) end as company_id
    from companies__contacts
    group by all
)

select
    as_key(contacts.id) as contact_id,
    contacts.email,
    contacts.createdate,
    contacts.lastmodifieddate,
    coalesce(contacts.associatedcompanyid, companies.company_id) as associatedcompanyid,
    contacts.jobtitle,
    contacts.hs_buying_role,
    contacts.left_at,
    contacts.is_deleted,
    contacts.landed_file,
    contacts.landed_line
from contacts
left join companies on companies.contact_id = as_key(contacts.id)
