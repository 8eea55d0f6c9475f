-- The first call of a person for a group is when it joined; of each trait the last call that tells it holds. One may
-- say when the person left, unless a call without it came after that end: then the person is back.
select
    group_id as account_id,
    user_id,
    as_time(coalesce(timestamp, received_at)) as valid_from,
    case
        when last_value(valid_to) over calls is not null
            or not coalesce(
                last_value(to_time(coalesce(timestamp, received_at))) over calls
                > to_time(last_value(valid_to ignore nulls) over calls),
                false
            )
            then as_time(last_value(valid_to ignore nulls) over calls)
    end as valid_to,
    last_value(role ignore nulls) over calls as role,
    last_value(seat_type ignore nulls) over calls as seat_type,
    landed_file,
    landed_line
from groups
where user_id is not null
window calls as (
    partition by as_key(user_id), as_key(group_id)
    order by to_time(coalesce(timestamp, received_at)), landed_file, landed_line
    rows between unbounded preceding and unbounded following
)
qualify
    row_number() over (
        partition by as_key(user_id), as_key(group_id)
        order by to_time(coalesce(timestamp, received_at)), landed_file, landed_line
    ) = 1
