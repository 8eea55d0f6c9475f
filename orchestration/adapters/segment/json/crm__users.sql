select
    "userId" as user_id,
    inside(traits, '$.email') as email,
    coalesce(inside(traits, '$.role'), inside(traits, '$.title')) as role,
    inside(traits, '$.department') as department,
    as_time(coalesce(inside(traits, '$.createdAt'), inside(traits, '$.created_at'), timestamp)) as created_at,
    landed_file,
    landed_line
from calls
where type = 'identify' and "userId" is not null
