select
    AccountId as account_id,
    lower(Email) as user_id,
    as_time(CreatedDate) as valid_from,
    is_deleted,
    landed_file,
    landed_line
from Contact
where Email is not null and AccountId is not null
