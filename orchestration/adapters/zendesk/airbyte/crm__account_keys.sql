select
    this_folder() as system,
    as_key(id) as foreign_key,
    as_key(external_id) as account_id,
    domain_of(inside(domain_names, '$[0]')) as domain,
    is_deleted,
    landed_file,
    landed_line
from organizations
-- What has no id is told by each of its lines.
qualify
    row_number() over (
        partition by own_key(id, landed_file, landed_line) order by landed_file desc, landed_line desc
    ) = 1
