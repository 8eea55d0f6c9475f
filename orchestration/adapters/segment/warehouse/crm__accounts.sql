-- Each call says what was known of a group then: what it tells, and of what it does not tell the last that was told.
select
    group_id as account_id,
    last_value(name ignore nulls) over calls as name,
    last_value(coalesce(domain_of(domain), domain_of(website)) ignore nulls) over calls as domain,
    last_value(industry ignore nulls) over calls as industry,
    last_value(plan ignore nulls) over calls as plan_override,
    as_time(coalesce(
        last_value(created_at ignore nulls) over calls,
        cast(min(to_time(coalesce(timestamp, received_at))) over calls as varchar)
    )) as created_at,
    as_time(coalesce(timestamp, received_at)) as updated_at,
    landed_file,
    landed_line
from groups
where group_id is not null
window calls as (
    partition by as_key(group_id)
    order by to_time(coalesce(timestamp, received_at)), landed_file, landed_line
    rows between unbounded preceding and current row
)
