-- An account that was merged is deleted and names the one that lives on: what was said of it is said of that one.
select
    this_folder() as system,
    Id as foreign_key,
    MasterRecordId as account_id,
    landed_file,
    landed_line
from Account
where MasterRecordId is not null
