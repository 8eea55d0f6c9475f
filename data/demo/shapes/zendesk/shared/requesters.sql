-- Who asked, by the number that Zendesk has for them.
select ticket_id, any_value(3700000000 + split_part(requester_user_id, '_', 2)::bigint) as id
from raw.support_tickets
group by all
