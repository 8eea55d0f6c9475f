-- What the events tell besides are properties of the call, each a column of its own.
select
    lower(event_name) as event,
    event_name as event_text,
    * exclude (event_name, event_type)
from calls
where event_type is distinct from 'page'
order by received_at, id
