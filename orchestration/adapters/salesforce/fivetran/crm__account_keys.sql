-- An account that was merged is deleted and names the one that lives on: what was said of it is said of that one.
select
    this_folder() as system,
    id as foreign_key,
    master_record_id as account_id,
    landed_file,
    landed_line
from account
where master_record_id is not null
