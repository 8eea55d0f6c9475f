-- Where no customers were exported, what stands with a subscription says whose it is.
select
    this_folder() as system,
    "Customer ID" as foreign_key,
    "account_id (metadata)" as account_id,
    domain_of("Customer Email") as domain,
    landed_file,
    landed_line
from subscriptions
where "Customer Email" is not null or "account_id (metadata)" is not null
qualify row_number() over (partition by "Customer ID" order by landed_file desc, landed_line desc) = 1
