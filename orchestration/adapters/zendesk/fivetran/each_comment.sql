-- Comments, and what their authors are for the ticket. The user -1 is Zendesk itself, and who asks is no agent there,
-- whoever that is elsewhere.
with

-- Each sync of a comment is a line; the last one holds.
latest as (
    select * from ticket_comment
    qualify
        row_number() over (
            partition by own_key(id, landed_file, landed_line)
            order by landed_file desc, landed_line desc
        ) = 1
)

select
    as_key(latest.ticket_id) as ticket_id,
    case
        when as_key(latest.user_id) = '-1' then 'bot'
        when as_key(latest.user_id) = requesters.person_id then 'end_user'
        when people.role in ('agent', 'admin') then 'agent'
        when people.role = 'end-user' then 'end_user'
    end as author_type,
    latest.created,
    latest.public,
    latest.landed_file,
    latest.landed_line
from latest
left join each_person as people on people.person_id = as_key(latest.user_id)
left join each_requester as requesters on requesters.ticket_id = as_key(latest.ticket_id)
where not latest.is_deleted
