-- Comments are counted apart from other changes, so their numbers begin far above.
select
    numbered_by('zendesk', comments.ticket_id) as ticket_id,
    as_time(comments.created) as event_at,
    1000000 + row_number() over (partition by comments.ticket_id order by to_time(comments.created), comments.landed_file, comments.landed_line) as seq,
    'comment' as field,
    comments.author_type as actor_type,
    comments.public as is_public,
    comments.landed_file,
    comments.landed_line
from each_comment as comments
