-- Contacts are people who buy: the first two of each account.
select
    row_number() over (order by members.account_id, users.user_id) as id,
    users.email as property_email,
    users.created_at as property_createdate,
    members.account_id as property_associatedcompanyid,
    users.role as property_jobtitle,
    false as is_deleted
from raw.crm_account_users as members
inner join raw.crm_users as users using (user_id)
qualify row_number() over (partition by members.account_id order by members.valid_from, users.user_id) <= 2
order by id
