select
    as_key(history.ticket_id) as ticket_id,
    as_time(history.updated) as event_at,
    row_number() over (partition by as_key(history.ticket_id) order by to_time(history.updated), history.field_name, history.landed_file, history.landed_line) as seq,
    case when history.field_name = 'assignee_id' then 'assignee' else history.field_name end as field,
    lag(history.value) over (partition by as_key(history.ticket_id), history.field_name order by to_time(history.updated), history.landed_file, history.landed_line) as old,
    history.value as new,
    case
        when coalesce(as_key(history.user_id), '-1') = '-1' then 'system'
        when people.role in ('agent', 'admin') then 'agent'
        when people.role = 'end-user' then 'end_user'
    end as actor_type,
    history.landed_file,
    history.landed_line
from ticket_field_history as history
left join "user" as people on as_key(people.id) = as_key(history.user_id)
where history.field_name in ('status', 'priority', 'assignee_id')
