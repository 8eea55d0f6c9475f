-- Of several calls for a group the last that tells a domain holds.
select
    this_folder() as system,
    as_key(group_id) as foreign_key,
    coalesce(domain_of(domain), domain_of(website)) as domain,
    landed_file,
    landed_line
from groups
qualify
    row_number() over (
        partition by as_key(group_id)
        order by
            coalesce(domain_of(domain), domain_of(website)) is null,
            to_time(coalesce(timestamp, received_at)) desc,
            landed_file desc,
            landed_line desc
    ) = 1
