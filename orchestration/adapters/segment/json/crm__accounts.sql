select
    "groupId" as account_id,
    inside(traits, '$.name') as name,
    coalesce(domain_of(inside(traits, '$.domain')), domain_of(inside(traits, '$.website'))) as domain,
    inside(traits, '$.industry') as industry,
    inside(traits, '$.plan') as plan_override,
    as_time(coalesce(inside(traits, '$.createdAt'), inside(traits, '$.created_at'), timestamp)) as created_at,
    as_time(timestamp) as updated_at,
    landed_file,
    landed_line
from calls
where type = 'group' and "groupId" is not null
