-- What was done to a conversation: what was said in it, who had it, and whether it was open. The text of a part stays where it lies.
with

parts as (
    select
        as_key(conversation_id) as ticket_id,
        id,
        created_at,
        case
            when part_type in ('comment', 'note', 'note_and_reopen') then 'comment'
            when part_type in ('assignment', 'default_assignment') then 'assignee'
            when part_type in ('close', 'open', 'snoozed', 'unsnoozed', 'timer_unsnooze') then 'status'
        end as field,
        case
            when part_type = 'close' then 'solved'
            when part_type = 'snoozed' then 'hold'
            when part_type in ('open', 'unsnoozed', 'timer_unsnooze') then 'open'
            when part_type in ('assignment', 'default_assignment') then inside(assigned_to, '$.id')
        end as new,
        case
            when inside(author, '$.type') in ('admin', 'team') then 'agent'
            when inside(author, '$.type') in ('user', 'lead', 'contact') then 'end_user'
            when inside(author, '$.type') = 'bot' then 'bot'
        end as actor_type,
        case when part_type in ('comment', 'note', 'note_and_reopen') then part_type = 'comment' end as is_public,
        is_deleted,
        landed_file,
        landed_line
    from conversation_parts
    -- Each sync of a part is a line; the last one holds.
    qualify row_number() over (partition by id order by landed_file desc, landed_line desc) = 1
)

select
    ticket_id,
    as_time(created_at) as event_at,
    row_number() over (partition by ticket_id order by to_time(created_at), id) as seq,
    field,
    -- A conversation begins open.
    lag(new, 1, case when field = 'status' then 'open' end) over (partition by ticket_id, field order by to_time(created_at), id) as old,
    new,
    actor_type,
    is_public,
    is_deleted,
    landed_file,
    landed_line
from parts
where field is not null
