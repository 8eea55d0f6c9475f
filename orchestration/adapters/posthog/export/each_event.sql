-- What a group is called goes before its number: the first group type of a project may be another than the company.
with

grouped as (
    select
        *,
        inside(properties, '$."$groups"') as groups,
        inside(properties, '$."$group_type"') as group_type,
        inside(properties, '$."$group_key"') as group_key
    from events
)

select
    *,
    coalesce(inside(properties, '$."$device_id"'), inside(properties, '$."$anon_distinct_id"')) as device_id,
    coalesce(
        customer_in(groups),
        case when event = '$groupidentify' then customer_in('{"' || group_type || '":"' || group_key || '"}') end,
        only_inside(properties, '$."$group_0"')
    ) as account_id,
    distinct_id is distinct from inside(properties, '$."$device_id"')
    and as_yes(inside(properties, '$."$is_identified"')) is distinct from false
    and not coalesce(event = '$groupidentify' and distinct_id = '$' || group_type || '_' || group_key, false)
    -- Servers draw one for each event of nobody in particular; what is not like such a one is the product's own.
    and not (
        as_yes(inside(properties, '$."$process_person_profile"')) is not distinct from false
        and as_yes(inside(properties, '$."$is_identified"')) is distinct from true
        and is_like_a_device(distinct_id)
    )
    -- Without cookies it is drawn anew each day.
    and not coalesce(distinct_id like 'cookieless%' and as_yes(inside(properties, '$."$cookieless_mode"')), false)
        as is_person
from grouped
