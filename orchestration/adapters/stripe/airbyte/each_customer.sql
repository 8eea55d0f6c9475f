select
    id,
    coalesce(inside(metadata, '$.account_id'), inside(metadata, '$.accountId'), no_json(metadata)) as account_id,
    email,
    is_deleted,
    landed_file,
    landed_line
from customers
