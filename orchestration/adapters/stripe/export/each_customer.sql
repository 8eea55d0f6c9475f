select
    id,
    coalesce("account_id (metadata)", "accountId (metadata)") as account_id,
    Email as email,
    is_deleted,
    landed_file,
    landed_line
from customers
