-- Who had a ticket last, by the number that Zendesk has for them.
select distinct
    ticket_id,
    3800000000 + split_part(first_value(new) over (partition by ticket_id order by seq desc), '_', 2)::bigint as id
from raw.support_ticket_events
where field = 'assignee'
