select
    "groupId" as account_id,
    "userId" as user_id,
    as_time(timestamp) as valid_from,
    inside(traits, '$.role') as role,
    landed_file,
    landed_line
from calls
where type = 'group' and "userId" is not null and "groupId" is not null
