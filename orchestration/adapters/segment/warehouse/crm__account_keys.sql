select
    this_folder() as system,
    group_id as foreign_key,
    coalesce(domain_of(domain), domain_of(website)) as domain,
    landed_file,
    landed_line
from groups
qualify row_number() over (partition by group_id order by to_time(coalesce(timestamp, received_at)) desc, landed_file desc, landed_line desc) = 1
