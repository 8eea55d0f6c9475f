with

source as (
    {{ landed_rows('crm', 'users') }}
)

select
    -- ids
    {{ pseudonym('user_id') }} as user_id,
    -- texts
    lower(split_part(email, '@', 2)) as email_domain,
    {{ one_spelling('role', 'created_at') }} as role,
    {{ one_spelling('department', 'created_at') }} as department,
    age_band,
    {{ one_spelling('country', 'created_at') }} as country,
    -- numbers
    cast(floor(birth_year / 10) * 10 as integer) as birth_decade,
    -- booleans
    coalesce(is_internal, false) as is_internal,
    consent_analytics as has_consented_to_analytics,
    -- times
    created_at,
    deactivated_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
