-- Who is told in another account, or under another address, has left the former one by then; where no time is told, the
-- former is taken back, so that nobody is in both.
with

versions as (
    select
        person,
        account_id,
        lower(email) as user_id,
        changed_at,
        created_date,
        left_at,
        is_deleted,
        landed_file,
        landed_line
    from each_version
),

moves as (
    select
        *,
        account_id is distinct from lag(account_id) over of_person
        or user_id is distinct from lag(user_id) over of_person as is_move
    from versions
    window of_person as (partition by person order by changed_at nulls first, landed_file, landed_line)
),

numbered as (
    select
        *,
        count(*) filter (where is_move)
            over (partition by person order by changed_at nulls first, landed_file, landed_line) as stay
    from moves
),

stays as (
    select
        person,
        stay,
        min(changed_at) filter (where is_move) as began_at,
        lead(min(changed_at) filter (where is_move)) over (partition by person order by stay) as moved_at,
        lead(stay) over (partition by person order by stay) is not null as is_former
    from numbered
    group by person, stay
),

told as (
    select
        numbered.*,
        case when stay > 1 then stays.began_at end as began_at,
        stays.moved_at,
        stays.is_former and stays.moved_at is null as is_taken_back
    from numbered
    inner join stays using (person, stay)
)

select
    account_id,
    user_id,
    as_time(coalesce(cast(began_at as varchar), created_date)) as valid_from,
    as_time(coalesce(cast(least(moved_at, to_time(left_at)) as varchar), left_at)) as valid_to,
    is_deleted or is_taken_back as is_deleted,
    landed_file,
    landed_line
from told
where user_id is not null and account_id is not null
