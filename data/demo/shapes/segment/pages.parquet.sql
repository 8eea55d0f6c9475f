-- A page that was opened is named by the call.
select
    event_name as name,
    * exclude (event_name, event_type)
from calls
where event_type = 'page'
order by received_at, id
