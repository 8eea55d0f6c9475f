with

errors as (
    select * from {{ ref('int_errors_deduplicated') }}
    where {{ in_rebuild_window('activity_date') }}
)

select
    account_id,
    activity_date,
    count(*) as error_count,
    count(*) filter (where is_user_visible) as visible_error_count,
    count(distinct user_id) filter (where is_user_visible) as affected_user_count
from errors
where account_id is not null
group by account_id, activity_date
