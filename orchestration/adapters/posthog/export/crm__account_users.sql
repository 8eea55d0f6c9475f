-- Who acted for a group was a member of it from then on.
select
    account_id,
    distinct_id as user_id,
    as_time(timestamp) as valid_from,
    landed_file,
    landed_line
from each_event
where account_id is not null and is_person
-- The first time in each file; the first of all of them is when it joined.
qualify
    row_number() over (
        partition by landed_file, account_id, distinct_id
        order by to_time(timestamp), landed_line
    ) = 1
