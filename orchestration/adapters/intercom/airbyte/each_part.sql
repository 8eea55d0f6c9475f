-- Each sync of a part is a line; the last one holds.
select
    as_key(conversation_id) as ticket_id,
    own_key(id, landed_file, landed_line) as part_id,
    -- Who closes or opens a conversation, or offers quick replies, may answer by it.
    part_type = 'comment'
    or (part_type in ('close', 'open', 'quick_reply') and coalesce(trim(body), '') <> '') as is_said,
    * exclude (conversation_id)
from conversation_parts
qualify row_number() over (partition by part_id order by landed_file desc, landed_line desc) = 1
