select distinct
    ticket_id,
    unnest(string_split(tags, ',')) as tag
from raw.support_tickets
where solved_at is null or solved_at >= created_at
order by ticket_id, tag
