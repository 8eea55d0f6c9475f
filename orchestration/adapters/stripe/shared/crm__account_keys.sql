-- A customer says which account it is where somebody wrote it into its metadata, else its address tells the domain. One
-- that was deleted, which ends its subscriptions, is still that of the account: its revenue and its end are of it.
select
    this_folder() as system,
    id as foreign_key,
    account_id,
    domain_of(email) as domain,
    landed_file,
    landed_line
from each_customer
-- Each change of a customer may be a line; the last one holds that was not its deletion.
qualify row_number() over (partition by id order by is_deleted, landed_file desc, landed_line desc) = 1
