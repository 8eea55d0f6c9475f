-- The product gives a company its company_id, which is the account's where the CRM has the same.
select
    this_folder() as system,
    id as foreign_key,
    company_id as account_id,
    domain_of(website) as domain,
    landed_file,
    landed_line
from companies
qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
