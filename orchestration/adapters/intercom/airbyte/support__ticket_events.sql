-- What was done to a conversation: what was said in it, who had it, whether it was open, and all else by its own name.
-- The text of a part stays where it lies.
with

-- A part may tell two things: who reopens by a note or by giving it to somebody, or answers and closes, does both.
told as (
    select *, 'status' as field
    from each_part
    where part_type in (
        'close', 'open', 'snoozed', 'unsnoozed', 'timer_unsnooze',
        'note_and_reopen', 'assign_and_reopen', 'assign_and_unsnooze'
    )
    union all
    select *, 'assignee' as field
    from each_part
    where part_type in (
        'assignment', 'default_assignment', 'away_mode_assignment', 'assign_and_reopen', 'assign_and_unsnooze'
    )
    union all
    select *, 'comment' as field
    from each_part
    where is_said or part_type in ('note', 'note_and_reopen')
    union all
    select *, part_type as field
    from each_part
    where part_type is null or (not is_said and part_type not in (
        'close', 'open', 'snoozed', 'unsnoozed', 'timer_unsnooze',
        'note_and_reopen', 'assign_and_reopen', 'assign_and_unsnooze',
        'assignment', 'default_assignment', 'away_mode_assignment', 'note'
    ))
),

changes as (
    select
        *,
        case
            when field = 'assignee' then inside(assigned_to, '$.id')
            when field = 'status' and part_type = 'close' then 'solved'
            when field = 'status' and part_type = 'snoozed' then 'hold'
            when field = 'status' then 'open'
        end as new
    from told
)

select
    numbered_by('intercom', ticket_id) as ticket_id,
    as_time(created_at) as event_at,
    row_number() over (partition by ticket_id order by to_time(created_at), part_id, field) as seq,
    field,
    -- A conversation begins open.
    lag(new, 1, case when field = 'status' then 'open' end) over (partition by ticket_id, field order by to_time(created_at), part_id) as old,
    new,
    case
        when inside(author, '$.type') in ('admin', 'team') then 'agent'
        when inside(author, '$.type') in ('user', 'lead', 'contact') then 'end_user'
        when inside(author, '$.type') = 'bot' then 'bot'
    end as actor_type,
    case when field = 'comment' then is_said end as is_public,
    is_deleted,
    landed_file,
    landed_line
from changes
