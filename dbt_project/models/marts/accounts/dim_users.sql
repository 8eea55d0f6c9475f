with

users as (select * from {{ ref('int_users_deduplicated') }})

select
    user_id,
    role,
    department,
    age_band,
    country,
    birth_decade,
    is_internal,
    has_consented_to_analytics,
    created_at,
    deactivated_at
from users
