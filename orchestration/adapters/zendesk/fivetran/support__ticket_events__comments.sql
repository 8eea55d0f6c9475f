-- Comments are counted apart from other changes, so their numbers begin far above. The user -1 is Zendesk itself.
select
    as_key(comment.ticket_id) as ticket_id,
    as_time(comment.created) as event_at,
    1000000 + row_number() over (partition by as_key(comment.ticket_id) order by to_time(comment.created), comment.landed_file, comment.landed_line) as seq,
    'comment' as field,
    case
        when as_key(comment.user_id) = '-1' then 'bot'
        when people.role in ('agent', 'admin') then 'agent'
        when people.role = 'end-user' then 'end_user'
    end as actor_type,
    comment.public as is_public,
    comment.landed_file,
    comment.landed_line
from ticket_comment as comment
left join "user" as people on as_key(people.id) = as_key(comment.user_id)
