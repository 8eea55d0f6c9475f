-- A customer says which account it is where somebody wrote it into its metadata, else its address tells the domain.
select
    this_folder() as system,
    id as foreign_key,
    account_id,
    domain_of(email) as domain,
    is_deleted,
    landed_file,
    landed_line
from each_customer
-- Each change of a customer may be a line; the last one holds.
qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
