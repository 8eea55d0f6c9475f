with

source as (
    {{ landed_rows('crm', 'contacts') }}
)

select
    -- ids
    {{ pseudonym('contact_id') }} as contact_id,
    account_id,
    {{ pseudonym('user_id') }} as user_id,
    -- texts
    role as contact_role,
    -- times
    created_at,
    left_at,
    updated_at,
    -- lineage
    coalesce(
        set_aside_because,
        case when left_at < created_at then 'left_at is before created_at' end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
