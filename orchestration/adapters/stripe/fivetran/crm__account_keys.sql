-- A customer says which account it is where somebody wrote it into its metadata, else its address tells the domain.
select
    this_folder() as system,
    id as foreign_key,
    coalesce(inside(metadata, '$.account_id'), inside(metadata, '$.accountId')) as account_id,
    domain_of(email) as domain,
    is_deleted,
    landed_file,
    landed_line
from customer
