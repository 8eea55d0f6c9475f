select
    this_folder() as system,
    as_key("groupId") as foreign_key,
    coalesce(domain_of(inside(traits, '$.domain')), domain_of(inside(traits, '$.website'))) as domain,
    landed_file,
    landed_line
from calls
where type = 'group' and "groupId" is not null
