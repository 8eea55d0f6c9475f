with

roles as (
    select
        ContactId as contact_id,
        max_by(Role, (coalesce(to_time(LastModifiedDate), to_time('0')), landed_file, landed_line)) as role
    from OpportunityContactRole
    where not is_deleted and Role is not null and ContactId is not null
    group by ContactId
)

select
    Contact.Id as id,
    Contact.AccountId as account_id,
    Contact.Email as email,
    Contact.Title as title,
    coalesce(Contact.Role__c, roles.role) as role,
    Contact.Left_At__c as left_at,
    Contact.CreatedDate as created_date,
    Contact.LastModifiedDate as changed_at,
    Contact.is_deleted,
    Contact.landed_file,
    Contact.landed_line
from Contact
left join roles on roles.contact_id = Contact.Id
