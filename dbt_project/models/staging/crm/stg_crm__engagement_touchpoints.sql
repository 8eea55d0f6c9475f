with

source as (
    {{ landed_rows('crm', 'engagement_touchpoints') }}
)

select
    -- ids
    touch_id,
    account_id,
    {{ pseudonym('user_id') }} as user_id,
    {{ pseudonym('contact_id') }} as contact_id,
    -- texts
    kind,
    campaign,
    direction,
    -- booleans
    is_answered,
    -- times
    ts as touched_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
