with

source as (
    {{ landed_rows('catalogue', 'onboarding_milestones') }}
)

select
    -- ids
    milestone_id,
    -- texts
    label,
    measure,
    subject,
    -- numbers
    milestone_order,
    threshold,
    -- booleans
    is_required,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
