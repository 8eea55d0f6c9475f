-- The first call of a person for a group is when it joined; a trait may say when it left.
select
    group_id as account_id,
    user_id,
    as_time(coalesce(timestamp, received_at)) as valid_from,
    as_time(valid_to) as valid_to,
    role,
    seat_type,
    landed_file,
    landed_line
from groups
where user_id is not null
qualify row_number() over (partition by user_id, group_id order by to_time(coalesce(timestamp, received_at)), landed_file, landed_line) = 1
