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

-- Of the roles that a person has in several opportunities the weightiest, and of the others one that nobody explains.
weighed as (
    select
        short_key(contact_id) as contact_key,
        role,
        case contact_role_of(role)
            when 'sponsor' then 1
            when 'buyer' then 2
            when 'champion' then 3
            when 'administrator' then 4
            when 'other' then 6
            else 5
        end as place
    from said
    where not is_deleted and role is not null and contact_id is not null
),

roles as (
    select contact_key, min_by(role, (place, role)) as role
    from weighed
    group by contact_key
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
left join roles on roles.contact_key = short_key(contact.id)
