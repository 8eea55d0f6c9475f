-- Each call says what was known of a person then; the first one is when it came to be known.
select
    user_id,
    email,
    coalesce(role, title) as role,
    department,
    country,
    age_band,
    birth_year,
    is_internal,
    consent_analytics,
    as_time(deactivated_at) as deactivated_at,
    as_time(coalesce(
        created_at, cast(min(to_time(coalesce(timestamp, received_at))) over (partition by user_id) as varchar)
    )) as created_at,
    landed_file,
    landed_line
from identifies
where user_id is not null
