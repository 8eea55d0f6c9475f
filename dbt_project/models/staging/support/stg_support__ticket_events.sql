with

source as (
    {{ landed_rows('support', 'ticket_events') }}
),

words as (select * from {{ ref('stg_run__known_words') }})

select
    -- ids
    source.ticket_id,
    -- texts
    source.field,
    -- A change of status or priority speaks the words of the ticket's own column.
    case when source.field in ('status', 'priority') then old_words.means else source.old end as old_value,
    case
        when source.field = 'comment' then null
        when source.field in ('status', 'priority') then new_words.means
        else source.new
    end as new_value,
    source.actor_type,
    -- numbers
    source.seq as sequence_number,
    -- booleans
    source.is_public,
    -- times
    source.event_at as changed_at,
    -- lineage
    source.set_aside_because as rejection_reason,
    source._load_id as load_id,
    source._file as landed_file,
    source._line as landed_line
from source
left join words as old_words
    on
        'support.tickets.' || source.field = old_words.subject
        and {{ folded_word('source.old') }} = old_words.folded_word
left join words as new_words
    on
        'support.tickets.' || source.field = new_words.subject
        and {{ folded_word('source.new') }} = new_words.folded_word
