with

source as (
    {{ landed_rows('crm', 'interventions') }}
)

select
    -- ids
    intervention_id,
    account_id,
    {{ pseudonym('user_id') }} as user_id,
    playbook_id,
    owner as owner_id,
    -- texts
    type as intervention_type,
    status,
    source.trigger as trigger_type,
    driver_component,
    assigned_arm,
    outcome,
    -- numbers
    cost,
    -- times
    started_at,
    ended_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
