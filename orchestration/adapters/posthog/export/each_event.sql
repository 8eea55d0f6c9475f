-- What a group is called goes before its number: the first group type of a project may be another than the company.
select
    *,
    coalesce(inside(properties, '$."$device_id"'), inside(properties, '$."$anon_distinct_id"')) as device_id,
    coalesce(
        customer_in(inside(properties, '$."$groups"')),
        case
            when event = '$groupidentify' then customer_in(
                '{"' || inside(properties, '$."$group_type"') || '":"' || inside(properties, '$."$group_key"') || '"}'
            )
        end,
        only_inside(properties, '$."$group_0"')
    ) as account_id,
    distinct_id is distinct from inside(properties, '$."$device_id"')
    and as_yes(inside(properties, '$."$is_identified"')) is distinct from false
    and not coalesce(
        event = '$groupidentify'
        and distinct_id = '$' || inside(properties, '$."$group_type"') || '_' || inside(properties, '$."$group_key"'),
        false
    )
    -- Without cookies it is drawn anew each day.
    and not coalesce(distinct_id like 'cookieless%' and as_yes(inside(properties, '$."$cookieless_mode"')), false)
        as is_person
from events
