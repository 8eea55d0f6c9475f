with

source as (
    {{ landed_rows('surveys', 'invites') }}
)

select
    -- ids
    invite_id,
    {{ pseudonym('user_id') }} as user_id,
    account_id,
    ref_ticket_id as ticket_id,
    -- texts
    survey_type,
    channel,
    -- booleans
    delivered as is_delivered,
    -- times
    sent_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
