select
    this_folder() as system,
    as_key(id) as foreign_key,
    as_key(external_id) as account_id,
    domain_of(inside(domain_names, '$[0]')) as domain,
    is_deleted,
    landed_file,
    landed_line
from organizations
