-- Each sync of a user is a line; the last one holds.
select as_key(id) as person_id, role, external_id
from "user"
qualify row_number() over (partition by as_key(id) order by landed_file desc, landed_line desc) = 1
