-- A call tells some traits and of the others nothing: of each the last that was told holds, as in Segment's own table
-- of users. The first call is when a person came to be known.
select
    user_id,
    last_value(email ignore nulls) over calls as email,
    coalesce(last_value(role ignore nulls) over calls, last_value(title ignore nulls) over calls) as role,
    last_value(department ignore nulls) over calls as department,
    last_value(country ignore nulls) over calls as country,
    last_value(age_band ignore nulls) over calls as age_band,
    last_value(birth_year ignore nulls) over calls as birth_year,
    last_value(is_internal ignore nulls) over calls as is_internal,
    last_value(consent_analytics ignore nulls) over calls as consent_analytics,
    as_time(last_value(deactivated_at ignore nulls) over calls) as deactivated_at,
    as_time(coalesce(
        last_value(created_at ignore nulls) over calls,
        cast(min(to_time(coalesce(timestamp, received_at))) over calls as varchar)
    )) as created_at,
    landed_file,
    landed_line
from identifies
where user_id is not null
window calls as (
    partition by as_key(user_id)
    order by to_time(coalesce(timestamp, received_at)), landed_file, landed_line
    rows between unbounded preceding and unbounded following
)
qualify
    row_number() over (
        partition by as_key(user_id)
        order by to_time(coalesce(timestamp, received_at)) desc, landed_file desc, landed_line desc
    ) = 1
