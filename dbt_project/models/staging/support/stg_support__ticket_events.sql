with

source as (select * from {{ source('support', 'ticket_events') }} where {{ was_known('_loaded_at') }})

select
    -- ids
    ticket_id,
    -- texts
    field,
    old as old_value,
    case when field = 'comment' then null else new end as new_value,
    actor_type,
    -- numbers
    seq as sequence_number,
    -- booleans
    is_public,
    -- times
    event_at as changed_at,
    -- lineage
    cast(null as varchar) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
