-- What nobody wrote is by the user -1, which is Zendesk itself.
select distinct
    events.ticket_id || '_' || events.seq as id,
    events.ticket_id,
    case events.actor_type when 'agent' then agents.id when 'end_user' then requesters.id else -1 end as user_id,
    events.is_public as public,
    strftime(events.event_at, '%Y-%m-%dT%H:%M:%SZ') as created
from raw.support_ticket_events as events
left join agents on agents.ticket_id = events.ticket_id
left join requesters on requesters.ticket_id = events.ticket_id
where events.field = 'comment'
order by events.ticket_id, id
