-- Comments are counted apart from other changes, so their numbers begin far above. The user -1 is Zendesk itself.
select
    comments.ticket_id,
    as_time(comments.created) as event_at,
    1000000 + row_number() over (partition by comments.ticket_id order by to_time(comments.created), comments.landed_file, comments.landed_line) as seq,
    'comment' as field,
    case
        when comments.author_id = '-1' then 'bot'
        when people.role in ('agent', 'admin') then 'agent'
        when people.role = 'end-user' then 'end_user'
    end as actor_type,
    comments.public as is_public,
    comments.landed_file,
    comments.landed_line
from each_comment as comments
left join each_person as people on people.person_id = comments.author_id
