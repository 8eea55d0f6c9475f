-- Each sync of a tag is a line; the last one holds.
select as_key(ticket_id) as ticket_id, tag
from ticket_tag
qualify
    not is_deleted
    and row_number() over (partition by as_key(ticket_id), tag order by landed_file desc, landed_line desc) = 1
