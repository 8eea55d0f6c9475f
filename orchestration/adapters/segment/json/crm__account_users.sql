select
    "groupId" as account_id,
    "userId" as user_id,
    as_time(timestamp) as valid_from,
    as_time(inside(traits, '$.valid_to')) as valid_to,
    inside(traits, '$.role') as role,
    inside(traits, '$.seat_type') as seat_type,
    landed_file,
    landed_line
from calls
where type = 'group' and "userId" is not null and "groupId" is not null
