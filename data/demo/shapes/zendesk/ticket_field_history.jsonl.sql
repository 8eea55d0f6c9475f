select distinct
    events.ticket_id,
    case events.field when 'assignee' then 'assignee_id' else events.field end as field_name,
    case events.field when 'assignee' then (3800000000 + split_part(events.new, '_', 2)::bigint)::varchar else events.new end as value,
    case events.actor_type when 'agent' then agents.id when 'end_user' then requesters.id else -1 end as user_id,
    strftime(events.event_at, '%Y-%m-%dT%H:%M:%SZ') as updated
from raw.support_ticket_events as events
left join agents on agents.ticket_id = events.ticket_id
left join requesters on requesters.ticket_id = events.ticket_id
where events.field != 'comment'
union all
select distinct
    ticket_id,
    'satisfaction_score',
    satisfaction,
    null,
    strftime(coalesce(satisfaction_at, solved_at, created_at), '%Y-%m-%dT%H:%M:%SZ')
from raw.support_tickets
where satisfaction is not null and (solved_at is null or solved_at >= created_at)
order by ticket_id, updated, field_name
