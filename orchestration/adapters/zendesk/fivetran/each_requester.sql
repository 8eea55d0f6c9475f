-- Who asks by a ticket, as its last state says.
select as_key(id) as ticket_id, as_key(requester_id) as person_id
from ticket
qualify
    row_number() over (
        partition by as_key(id) order by to_time(updated_at) desc nulls last, landed_file desc, landed_line desc
    ) = 1
