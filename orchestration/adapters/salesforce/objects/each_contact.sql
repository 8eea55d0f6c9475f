with

-- Each sync of a role is a line; the last one holds.
said as (
    select * from opportunity_contact_role
    qualify
        row_number() over (
            partition by own_key(id, landed_file, landed_line)
            order by to_time(last_modified_date) desc nulls last, landed_file desc, landed_line desc
        ) = 1
),

roles as (
    select
        contact_id,
        max_by(role, (coalesce(to_time(last_modified_date), to_time('0')), landed_file, landed_line)) as role
    from said
    where not is_deleted and role is not null and contact_id is not null
    group by contact_id
)

select
    contact.id,
    contact.account_id,
    contact.email,
    contact.title,
    coalesce(contact.role_c, roles.role) as role,
    contact.left_at_c as left_at,
    contact.created_date,
    contact.last_modified_date as changed_at,
    contact.is_deleted,
    contact.landed_file,
    contact.landed_line
from contact
left join roles on roles.contact_id = contact.id
