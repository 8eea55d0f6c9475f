-- The product gives a company its company_id, which is the account's where the CRM has the same.
select
    this_folder() as system,
    id as foreign_key,
    company_id as account_id,
    domain_of(website) as domain,
    landed_file,
    landed_line
from companies
-- What has no id is told by each of its lines.
qualify
    row_number() over (
        partition by own_key(id, landed_file, landed_line)
        order by landed_file desc, landed_line desc
    ) = 1
