-- Where no customers were exported, the address that stands with a subscription tells the domain.
select
    this_folder() as system,
    "Customer ID" as foreign_key,
    domain_of("Customer Email") as domain,
    landed_file,
    landed_line
from subscriptions
where "Customer Email" is not null
qualify row_number() over (partition by "Customer ID" order by landed_file desc, landed_line desc) = 1
