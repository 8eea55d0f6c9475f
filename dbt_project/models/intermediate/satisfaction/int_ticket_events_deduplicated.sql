with

events as (select * from {{ ref('stg_support__ticket_events') }})

select
    ticket_id,
    field,
    old_value,
    new_value,
    actor_type,
    sequence_number,
    coalesce(is_public, false) as is_public,
    -- Whether a comment came from a person of ours and could be read by the customer, is known or is not.
    actor_type is not null and (actor_type != 'agent' or is_public is not null) as is_told,
    changed_at
from events
where
    rejection_reason is null
    and {{ happened_by_as_of('changed_at') }}
qualify {{ is_latest(['ticket_id', 'changed_at', 'sequence_number', 'field'], []) }}
