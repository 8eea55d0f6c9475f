-- RudderStack writes the traits of a person into the context of the call.
with

identified as (
    select
        *,
        case
            when json_valid(traits) and json_valid(context -> '$.traits')
                then cast(json_merge_patch(context -> '$.traits', traits) as varchar)
            else coalesce(traits, inside(context, '$.traits'))
        end as told
    from calls
    where type = 'identify' and "userId" is not null
)

select
    "userId" as user_id,
    inside(told, '$.email') as email,
    coalesce(inside(told, '$.role'), inside(told, '$.title')) as role,
    inside(told, '$.department') as department,
    inside(told, '$.country') as country,
    inside(told, '$.age_band') as age_band,
    inside(told, '$.birth_year') as birth_year,
    inside(told, '$.is_internal') as is_internal,
    inside(told, '$.consent_analytics') as consent_analytics,
    as_time(inside(told, '$.deactivated_at')) as deactivated_at,
    as_time(coalesce(inside(told, '$.createdAt'), inside(told, '$.created_at'), timestamp)) as created_at,
    landed_file,
    landed_line
from identified
