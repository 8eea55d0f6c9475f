select
    id,
    metadata__account_id as account_id,
    email,
    is_deleted,
    landed_file,
    landed_line
from customer
