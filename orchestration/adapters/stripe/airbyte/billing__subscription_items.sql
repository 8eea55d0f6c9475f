-- Of what was cut off or cannot be read nobody knows the price.
select * from present_items

union all by name

select
    landed_file,
    landed_line,
    case
        when not json_valid(items) then 'items is no text of JSON'
        when json_type(items, '$.data') = 'ARRAY' then 'items has_more, and the others are not in the export'
        else 'items has no list called data'
    end as landed_problem,
    items as landed_text
from subscriptions
where
    (not is_deleted or status in ('canceled', 'incomplete_expired'))
    and items is not null
    and case
        when not json_valid(items) then true
        when json_type(items, '$.data') = 'ARRAY' then items ->> '$.has_more' = 'true'
        else true
    end
