select
    numbered_by('zendesk', steps.ticket_id) as ticket_id,
    as_time(steps.updated) as event_at,
    row_number() over (partition by steps.ticket_id order by steps.updated_at, steps.field_name, steps.landed_file, steps.landed_line) as seq,
    case when steps.field_name = 'assignee_id' then 'assignee' else steps.field_name end as field,
    lag(steps.value) over (partition by steps.ticket_id, steps.field_name order by steps.updated_at, steps.landed_file, steps.landed_line) as old,
    steps.value as new,
    case
        when as_key(steps.user_id) = '-1' then 'system'
        when people.role in ('agent', 'admin') then 'agent'
        when people.role = 'end-user' then 'end_user'
    end as actor_type,
    steps.landed_file,
    steps.landed_line
from each_step as steps
left join each_person as people on people.person_id = as_key(steps.user_id)
where steps.field_name in ('status', 'priority', 'assignee_id')
