-- One call for each line of the list of people, with what is known of them as traits.
select
    'idn_' || _line as id,
    user_id,
    email,
    role,
    department,
    country,
    birth_year,
    is_internal,
    consent_analytics,
    created_at,
    deactivated_at,
    created_at as timestamp,
    created_at as received_at
from raw.crm_users
order by _line
