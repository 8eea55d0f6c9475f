-- A call that tells no site of its group says nothing of whose it is, and must not take the place of one that does.
select
    this_folder() as system,
    as_key("groupId") as foreign_key,
    coalesce(domain_of(inside(traits, '$.domain')), domain_of(inside(traits, '$.website'))) as domain,
    landed_file,
    landed_line
from calls
where type = 'group' and "groupId" is not null and domain is not null
