-- Each sync of a comment is a line; the last one holds.
select
    as_key(ticket_id) as ticket_id,
    as_key(user_id) as author_id,
    created,
    public,
    landed_file,
    landed_line
from ticket_comment
qualify
    row_number() over (
        partition by own_key(id, landed_file, landed_line)
        order by landed_file desc, landed_line desc
    ) = 1
