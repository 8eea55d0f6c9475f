-- What a later sync says again of the same field, time and value is no further change.
select
    as_key(ticket_id) as ticket_id,
    field_name,
    value,
    updated,
    to_time(updated) as updated_at,
    user_id,
    landed_file,
    landed_line
from ticket_field_history
qualify
    row_number() over (
        partition by as_key(ticket_id), field_name, coalesce(cast(to_time(updated) as varchar), updated), value
        order by landed_file desc, landed_line desc
    ) = 1
