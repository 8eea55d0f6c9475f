-- Each call says what was known of a group then.
select
    group_id as account_id,
    name,
    coalesce(domain_of(domain), domain_of(website)) as domain,
    industry,
    plan as plan_override,
    as_time(coalesce(
        created_at, cast(min(to_time(coalesce(timestamp, received_at))) over (partition by group_id) as varchar)
    )) as created_at,
    as_time(coalesce(timestamp, received_at)) as updated_at,
    landed_file,
    landed_line
from groups
where group_id is not null
