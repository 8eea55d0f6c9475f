select distinct
    3700000000 + split_part(requester_user_id, '_', 2)::bigint as id,
    'end-user' as role,
    null::varchar as email,
    requester_user_id as external_id
from raw.support_tickets
where requester_user_id is not null
union all
select distinct
    3800000000 + split_part(new, '_', 2)::bigint,
    'agent',
    new || '@northbeam.example',
    new
from raw.support_ticket_events
where field = 'assignee'
order by id
