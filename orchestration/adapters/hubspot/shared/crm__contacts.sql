-- People of whom it is told what they are for the contract; all others are addresses.
select
    contact_id,
    as_key(associatedcompanyid) as account_id,
    lower(email) as user_id,
    contact_role_of(hs_buying_role) as role,
    as_time(createdate) as created_at,
    as_time(left_at) as left_at,
    as_time(lastmodifieddate) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from each_contact
where associatedcompanyid is not null and (contact_role_of(hs_buying_role) is not null or is_deleted)
